"""Mojibake is mended when asked for, and nothing else."""

import pandas as pd

import analysis as fa


def test_only_wrong_decoding_is_mended():
    # By hand: the UTF-8 bytes of a curly quotation mark and of é, read as cp1252.
    wrong = "â€œA cafÃ©â€\x9d he said"
    corpus = fa.mend(fa.read(pd.DataFrame({"body": [wrong, "“Fine” – ﬁne…\u00a0x"]}), boilerplate="keep"))
    assert corpus.articles["body"].tolist() == ["“A café” he said", "“Fine” – ﬁne…\u00a0x"]
    assert corpus.articles["mended"].tolist() == [True, False]
    (note,) = [note for note in corpus.notes if note.kind == "mended"]
    assert (note, note.count) == ("mojibake: 1 of 2 articles were mended", 1)
