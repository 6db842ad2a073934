"""A corpus that comes back from disk says what it said, and is taken wherever a corpus is."""

from dataclasses import replace

import pandas as pd
from stores import corpus

import analysis as fa
from analysis.reading.saving import corpus_on_disk


def _mixed(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("Title\n\nHurd is weak.\n\nRead more: other news")
    (tmp_path / "files" / "b.csv").write_text("id,body\nb,Hurd stays.\nc, \n")
    return fa.read(tmp_path / "files")


def test_rejections_cuts_files_and_notes_come_back(tmp_path):
    read = _mixed(tmp_path)
    assert len(read.rejected) and read.notes
    found = corpus_on_disk(fa.open_corpus(fa.save_corpus(read, tmp_path / "c.framing", options={"dates": "day first"})))
    for name in ("articles", "rejected", "removed", "files"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(read, name))
    assert found.notes == read.notes
    assert [(note.kind, note.file, note.count, note.remedy) for note in found.notes] == [
        (note.kind, note.file, note.count, note.remedy) for note in read.notes
    ]
    assert found.tokens.manifest.facts["options"] == {"dates": "day first"}
    assert repr(found) == repr(read)


def test_path_tokens_and_corpus_are_taken_alike(tmp_path):
    path = fa.save_corpus(corpus(), tmp_path / "c.framing")
    tokens = fa.open_corpus(path)
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    wanted = fa.find_hits(fa.tokenize(corpus()), lexicon)
    for given in (path, str(path), tokens, corpus_on_disk(tokens)):
        pd.testing.assert_frame_equal(fa.find_hits(given, lexicon), wanted)
        assert str(fa.describe(given)) == str(fa.describe(corpus()))
    assert fa.tokenize(tokens) is tokens and fa.tokenize(corpus_on_disk(tokens)) is tokens


def test_changed_articles_are_encoded_anew(tmp_path):
    found = corpus_on_disk(fa.open_corpus(fa.save_corpus(corpus(), tmp_path / "c.framing")))
    fewer = replace(found, articles=found.articles.head(2))
    assert len(fa.tokenize(fewer).articles) == 2
