"""Files read part by part, with their texts on disk, are the same corpus as where they are read at once: every file of the store, byte for byte."""

import json
import random
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis as fa
from analysis.core.errors import CorpusError
from analysis.reading.options import Reading
from analysis.reading.rooms import OnDisk
from analysis.reading.saving import encode_files
from analysis.tokens import storing

PART_BYTES = 1500
WORDS = "council vote budget harbour teacher storm rail hurd weak critic façade naïve 北京 Ärzte mayor school don't tax".split()


def body(seed: int, n: int = 90) -> str:
    words = random.Random(seed).choices(WORDS, k=n)
    words[::15] = [f"{word}{seed}" for word in words[::15]]
    return "\n\n".join(f"{' '.join(words[k : k + 30]).capitalize()}." for k in range(0, n, 30))


def table() -> pd.DataFrame:
    """Return articles with all that is decided over the whole: passages that outlets repeat, in two rounds, copies, updates, ids used twice."""
    rows = [
        {
            "id": f"a{number}",
            "outlet": ("Post", "Echo", "Mail")[number % 3],
            "date": f"2020-03-{1 + number % 28:02d}",
            "title": f"Vote {number} on the budget",
            "text": body(number),
            "topic": number % 4,
        }
        for number in range(60)
    ]
    for number in range(0, 60, 3):  # the inner passage stands at the edge once the outer one is cut
        inner = "\n\nThe inner notice." if number % 9 else ""
        last = "".join(f"\n\n{line}" for line in ("Follow us.", "On paper.", "Every day.", "At nine."))
        rows[number]["text"] = f"Only in the Post.\n\n{rows[number]['text']}{inner}{last}"
    for number in range(1, 60, 6):
        rows[number]["text"] += "\n\nRelated: the budget of last year"
    rows[20]["text"] = rows[10]["text"]  # a copy
    rows[41]["text"] = rows[3]["text"] + "\n\n" + body(500)
    rows[31] |= {"outlet": rows[30]["outlet"], "date": rows[30]["date"], "title": rows[30]["title"]}
    rows[31]["text"] = rows[30]["text"] + " " + body(300, 60)
    rows[12]["id"] = "a5"
    rows[15] |= {"text": None, "title": "  "}
    rows[16]["text"] = "N/A"
    rows[17]["text"] = "<p>The mayor &amp; the <b>council</b>.</p><p>A vote.</p>"
    rows[18] |= {"text": "Related: the budget of last year", "title": ""}
    rows[19]["title"] = None
    rows[22] |= {"outlet": "unknown", "date": "no day"}
    rows[23]["outlet"] = "['Post', 'Echo']"
    rows[24]["text"] = "Page not found"
    rows[25]["text"] = "Lost \ufffd letters and â€œmojibakeâ€\x9d."
    rows[26]["text"] = ""
    return pd.DataFrame(rows)


def write_folder(folder) -> None:
    for number in range(8):
        (folder / f"{number}.txt").write_text(
            f"Vote {number}\n\n{body(number)}\n\nSubscribe to our newsletter.", "utf-8"
        )
    (folder / "blank.txt").write_text(" \n", "utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    rows = table().assign(topic=lambda rows: "t" + rows["topic"].astype("str"))
    rows.iloc[:20].to_csv(folder / "b.csv", index=False)
    (folder / "c.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows.iloc[20:30].to_dict("records")), "utf-8"
    )
    rows.iloc[30:45].to_parquet(folder / "d.parquet", row_group_size=4)
    rows.iloc[45:].assign(page=3, id=lambda t: t["id"] + "x").to_parquet(folder / "e.parquet")


def files_of(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != ".lock"}


def both(tmp_path, paths, **options) -> tuple[dict[str, bytes], dict[str, bytes]]:
    at_once = fa.save_corpus(fa.read(paths, **options), tmp_path / "once.framing", part_bytes=PART_BYTES)
    encode_files(paths, tmp_path / "parts.framing", Reading(**options), part_bytes=PART_BYTES)
    return files_of(at_once), files_of(tmp_path / "parts.framing")


OPTIONS = [
    {},
    {"boilerplate": "keep"},
    {"duplicates": "first"},
    {"columns": {"body": "text", "headline": "title"}},
    {"similarity": 0.3},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_parquet_is_the_same_corpus(tmp_path, options):
    path = tmp_path / "articles.parquet"
    table().to_parquet(path, row_group_size=7)
    at_once, in_parts = both(tmp_path, [path], **options)
    assert at_once == in_parts
    assert len(json.loads(in_parts["manifest.json"])["parts"]) > 6


@pytest.mark.parametrize("options", OPTIONS[:3], ids=str)
def test_a_folder_of_many_formats_is_the_same_corpus(tmp_path, options):
    (tmp_path / "in").mkdir()
    write_folder(tmp_path / "in")
    at_once, in_parts = both(tmp_path, [tmp_path / "in"], **options)
    assert at_once == in_parts


def test_all_that_is_decided_over_the_whole_happened(tmp_path):
    path = tmp_path / "articles.parquet"
    table().to_parquet(path)
    corpus = encode_files([path], tmp_path / "c.framing", Reading(), part_bytes=PART_BYTES)
    kinds = {note.kind for note in corpus.notes}
    assert {
        "duplicates",
        "missing words",
        "mark-up read",
        "error page",
        "encoding",
        "letters lost",
        "dates unread",
    } <= kinds
    assert set(corpus.removed["rule"]) == {"repeated by the outlet", "related line"}
    assert corpus.removed["text"].str.contains("inner notice").any()  # in a second round
    assert corpus.rejected["reason"].str.contains("used before|all empty").all() and len(corpus.rejected) == 3


def test_dictionaries_large_strings_and_an_index_are_the_same(tmp_path):
    rows = table().set_index("topic")
    arrow = pa.Table.from_pandas(rows.assign(outlet=rows["outlet"].astype("category")))
    arrow = arrow.set_column(arrow.schema.get_field_index("text"), "text", arrow["text"].cast(pa.large_string()))
    pq.write_table(arrow, tmp_path / "articles.parquet", row_group_size=11)
    at_once, in_parts = both(tmp_path, [tmp_path / "articles.parquet"])
    assert at_once == in_parts


@pytest.mark.parametrize("text", [["a", "b"], [1, 2], [b"a", b"b"]], ids=str)
def test_columns_that_hold_no_strings_are_told_as_at_once(tmp_path, text):
    path = tmp_path / "articles.parquet"
    pd.DataFrame({"headline": ["A vote", "A storm"], "body": text}).to_parquet(path)
    said = []
    for call in (lambda: fa.read(path), lambda: encode_files([path], tmp_path / "c.framing", Reading())):
        try:
            said.append(len(call().articles))
        except CorpusError as error:
            said.append(str(error))
    assert said[0] == said[1]


def test_a_broken_parquet_file_is_told_as_at_once(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing else")
    for call in (fa.read, lambda path: encode_files([path], tmp_path / "c.framing", Reading())):
        with pytest.raises(CorpusError, match=r"a.parquet: cannot be read as Parquet"):
            call(tmp_path / "a.parquet")


def test_an_interruption_leaves_a_store_that_goes_on_to_the_same_bytes(tmp_path, monkeypatch):
    path = tmp_path / "articles.parquet"
    table().to_parquet(path, row_group_size=7)
    encode_files([path], tmp_path / "whole.framing", Reading(), part_bytes=PART_BYTES)
    add, calls = storing._add_part, []

    def stopped(*given):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return add(*given)

    monkeypatch.setattr(storing, "_add_part", stopped)
    with pytest.raises(KeyboardInterrupt):
        encode_files([path], tmp_path / "c.framing", Reading(), part_bytes=PART_BYTES)
    assert [left.name for left in tmp_path.iterdir() if left.name.startswith(".")] == []
    encode_files([path], tmp_path / "c.framing", Reading(), part_bytes=PART_BYTES)
    assert files_of(tmp_path / "c.framing") == files_of(tmp_path / "whole.framing")
    assert len(calls) > 6


def test_what_a_killed_call_left_is_emptied_and_two_at_once_are_refused(tmp_path):
    path = tmp_path / "articles.parquet"
    table().to_parquet(path)
    left = tmp_path / ".c.framing.reading"
    left.mkdir()
    (left / "000001").write_bytes(b"left by a call that was killed")
    encode_files([path], tmp_path / "c.framing", Reading(), part_bytes=PART_BYTES)
    assert not left.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_full_disk_while_texts_are_put_aside_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("A vote\n\nThe mayor spoke.", "utf-8")

    monkeypatch.setattr(OnDisk, "new_file", lambda _: Path("/dev/full"))
    with pytest.raises(CorpusError, match=r"No space left on device.*make room, or write to another disk"):
        encode_files([tmp_path / "a.txt"], tmp_path / "c.framing", Reading())


def test_texts_of_a_room_are_mapped_and_stay_right_after_they_are_let_go(tmp_path):
    room = OnDisk(tmp_path, 10)
    column = room.column(iter([pd.Series(["one", "", "two words"]), pd.Series(["three", "à"])]))
    assert column.tolist() == ["one", "", "two words", "three", "à"]
    room.let_go()
    assert column.tolist() == ["one", "", "two words", "three", "à"]
