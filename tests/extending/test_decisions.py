"""Decisions are kept in a file, the latest counts, and bad lines are named."""

import pytest

import analysis as fa
from analysis.extending.decisions import (
    COLUMNS,
    Decision,
    judged_words,
    read_decisions,
    record_decision,
    undo_decision,
)


def decision(word="dither", verdict="accept", **others) -> Decision:
    return Decision(**{"lexicon": "frames", "category": "weakness", "word": word, "verdict": verdict} | others)


def test_decisions_come_back_and_the_latest_counts(tmp_path):
    path = tmp_path / "decisions.csv"
    assert read_decisions(path).empty
    record_decision(path, decision("dither", "reject", reason="too rare, I thought"))
    record_decision(path, decision("feeble", reason='she said "yes",\nand so did he', coder="A", day="2025-03-14"))
    record_decision(path, decision("dither"))
    table = read_decisions(path)
    assert table["word"].tolist() == ["feeble", "dither"]
    assert table["verdict"].tolist() == ["accept", "accept"]
    assert table["n_decisions"].tolist() == [1, 2]
    assert table.at[0, "reason"] == 'she said "yes", and so did he'
    assert path.read_text(encoding="utf-8").count("\n") == 4  # one header and three lines


def test_only_the_words_of_the_category_are_judged(tmp_path):
    path = tmp_path / "decisions.csv"
    record_decision(path, decision("dither"))
    record_decision(path, decision("bully", category="hostility"))
    assert judged_words(read_decisions(path), "frames", "weakness") == ["dither"]
    assert judged_words(read_decisions(path), "others", "weakness") == []


def test_a_file_without_a_last_line_break_is_gone_on_with(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text(",".join(COLUMNS) + "\nframes,weakness,limp,reject,,,", encoding="utf-8")
    record_decision(path, decision("dither"))
    assert read_decisions(path)["word"].tolist() == ["limp", "dither"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("frames,weakness,limp,maybe,,,", "line 2: decision on 'limp': verdict 'maybe'; write 'accept' or 'reject'"),
        ("frames,weakness", "line 2: found 2 cells; a decision has 7"),
        (
            'frames,weakness,limp,reject,"too\nrare",,\nframes,weakness,dim,maybe,,,',
            "line 4: decision on 'dim': verdict 'maybe'; write 'accept' or 'reject'",  # the cell before it takes lines 2 and 3
        ),
        (
            'frames,weakness,limp,accept,"open,,',
            "line 2: no CSV (unexpected end of data); look at its quotation marks",
        ),
        ("frames,,limp,accept,,,", "line 2: decision on 'limp': the category is empty; name it"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, message):
    path = tmp_path / "decisions.csv"
    path.write_text(",".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(fa.LexiconError) as caught:
        read_decisions(path)
    assert str(caught.value) == f"{path}, {message}"


def test_another_table_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(fa.LexiconError, match=r"line 1: found 'a,b'; the first line must be 'lexicon,category,word"):
        read_decisions(path)


def test_an_undone_decision_no_longer_holds_and_stays_in_the_file(tmp_path):
    path = tmp_path / "decisions.csv"
    record_decision(path, decision("dither", "reject", reason="rare"))
    record_decision(path, decision("dither"))
    record_decision(path, decision("feeble"))
    assert undo_decision(path, "frames", "weakness", "dither", coder="A", day="2025-03-14") == decision("dither")
    table = read_decisions(path)
    # The rejection before it holds again.
    assert table[["word", "verdict", "n_decisions"]].to_numpy().tolist() == [
        ["dither", "reject", 1],
        ["feeble", "accept", 1],
    ]
    undo_decision(path, "frames", "weakness", "dither")
    assert read_decisions(path)["word"].tolist() == ["feeble"]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 6  # a header, three decisions, two undone
    with pytest.raises(fa.LexiconError, match="no decision on 'dither' for 'weakness' of lexicon frames holds"):
        undo_decision(path, "frames", "weakness", "dither")


def test_an_undo_without_a_decision_is_neither_written_nor_read(tmp_path):
    path = tmp_path / "decisions.csv"
    with pytest.raises(fa.LexiconError, match="an undo needs a decision that it undoes"):
        record_decision(path, decision(verdict="undo"))
    assert not path.exists()
    with pytest.raises(fa.LexiconError, match="so there is none to undo"):
        undo_decision(path, "frames", "weakness", "dither")
    path.write_text(",".join(COLUMNS) + "\nframes,weakness,limp,undo,,,\n", encoding="utf-8")
    with pytest.raises(fa.LexiconError, match=r"line 2: no decision on 'limp' stands before it to undo"):
        read_decisions(path)
