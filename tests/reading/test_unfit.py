"""One rule in every format: what is too long, has a NUL or half of a surrogate pair is listed, and the other articles are read."""

import io
import json

import pandas as pd
import pytest

from analysis.core.errors import CorpusError
from analysis.reading import limits, read
from analysis.reading.options import Reading
from analysis.reading.saving import encode_files

MOST = 2_000
FORMS = ("a.csv", "a.tsv", "a.jsonl", "a.json", "a.parquet", "quoted.csv")
NUL = "a NUL character, so this is no plain text"
HALF = "half of a surrogate pair, which is no character"


def table(bad: str) -> pd.DataFrame:
    """Return articles of which the second is `bad`."""
    texts = ["Hurd is weak.", bad, "So he is.\n\nReally."]
    return pd.DataFrame({"id": ["a", "b", "c"], "outlet": ["Post", "Post", "Echo"], "text": texts}, dtype="object")


def written(name: str, rows: pd.DataFrame) -> bytes:
    if name.endswith("parquet"):
        file = io.BytesIO()
        rows.to_parquet(file)
        return file.getvalue()
    if name.endswith("json"):
        return json.dumps(rows.to_dict("records")).encode()
    if name.endswith("jsonl"):
        return "".join(json.dumps(row) + "\n" for row in rows.to_dict("records")).encode()
    file = io.StringIO()
    if name == "quoted.csv":  # a mark inside a cell that is not quoted, so that it is read row by row
        rows = rows.assign(outlet=rows.get("outlet", "") + ' "x" y', text=rows["text"].str.replace("\n", " "))
        lines = [",".join(rows.columns), *(",".join(map(str, row)) for row in rows.to_numpy().tolist())]
        return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
    rows.to_csv(file, index=False, sep="\t" if name.endswith("tsv") else ",")
    return file.getvalue().encode("utf-8", "surrogatepass")


def both(path, tmp_path):
    """Return the corpus of a file as it is read in memory, and the ids and rejections of it as it is read to disk: they are the same."""
    corpus = read(path)
    stored = encode_files([path], tmp_path / "store.framing", Reading())
    pd.testing.assert_frame_equal(stored.rejected, corpus.rejected)
    assert stored.articles["article_id"].tolist() == corpus.articles["article_id"].tolist()
    return corpus


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("x" * (2 * MOST), "0 MB in one document; at most 0 MB are read; split it"),
        ("before\0after", NUL),
        ("before\ud800after", HALF),
    ],
    ids=["long", "NUL", "half"],
)
def test_the_row_is_listed_and_the_others_are_read(tmp_path, monkeypatch, name, bad, reason):
    if name == "a.parquet" and "\ud800" in bad:
        pytest.skip("pyarrow writes no half of a pair")
    monkeypatch.setattr(limits, "MOST_DOCUMENT_BYTES", MOST)
    path = tmp_path / name
    rows = pd.concat([table(bad), *[table("Well.")[2:].assign(id=f"d{n}") for n in range(5)]])
    path.write_bytes(written(name, rows))
    corpus = both(path, tmp_path)
    assert corpus.articles["article_id"].tolist() == ["a", "c", *(f"d{n}" for n in range(5))]
    assert corpus.rejected["reason"].tolist() == [reason]
    places = {"json": "article 2", "jsonl": "line 2", "parquet": "row 2"}
    assert corpus.rejected["position"].tolist() == [places.get(name.partition(".")[2], "line 3")]


@pytest.mark.parametrize(("bad", "reason"), [("x" * (2 * MOST), "0 MB in one"), ("a\0b", NUL), ("a\ud800b", HALF)])
def test_a_table_that_is_given_has_the_same_rule(monkeypatch, bad, reason):
    monkeypatch.setattr(limits, "MOST_DOCUMENT_BYTES", MOST)
    corpus = read(table(bad))
    assert corpus.articles["article_id"].tolist() == ["a", "c"]
    assert corpus.rejected["position"].tolist() == ["row 2"]
    assert corpus.rejected["reason"].str.startswith(reason).all()


def test_pairs_of_surrogates_that_programs_write_are_their_character(tmp_path):
    # By hand: U+1F600 is the pair D83D DE00, each half written as three bytes, as CESU-8 does.
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,body\na,Hurd \xed\xa0\xbd\xed\xb8\x80 laughs at caf\xc3\xa9.\n")
    assert read(path).articles["body"].tolist() == ["Hurd \U0001f600 laughs at café."]
    (tmp_path / "b.txt").write_bytes(b"Title\n\nHurd \xed\xa0\xbd laughs.")
    with pytest.raises(CorpusError, match="line 3: half of a surrogate pair"):
        read(tmp_path / "b.txt")


def test_more_columns_than_are_read_are_refused_before_any_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_COLUMNS", 5)
    wide = pd.DataFrame({"body": ["Text."], **{f"c{n}": ["x"] for n in range(5)}})
    for name in FORMS[:5]:
        (tmp_path / name).write_bytes(written(name, wide))
        with pytest.raises(CorpusError, match="6 columns; at most 5 are read"):
            read(tmp_path / name)
    with pytest.raises(CorpusError, match="6 columns; at most 5 are read"):
        read(wide)
    # Objects that have ever other fields make as many columns as there are names.
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"body": "Text.", f"f{n}": n}) + "\n" for n in range(9)))
    with pytest.raises(CorpusError, match="6 columns; at most 5 are read"):
        read(tmp_path / "a.jsonl")


def test_a_first_line_that_is_longer_than_any_cell_of_the_csv_module_is_a_text(tmp_path):
    # By hand: 131,072 characters are the most that Python's reader takes for a cell unless it is told otherwise.
    (tmp_path / "a.txt").write_text("word, " * 40_000 + "\n\nText.")
    assert len(read(tmp_path / "a.txt").articles) == 1


def test_objects_nested_as_deep_as_python_can_are_refused_alone(tmp_path):
    for depth in (200, 900, 990, 100_000):
        deep = '{"a":' * depth + "1" + "}" * depth
        (tmp_path / "a.jsonl").write_text('{"id": "b", "body": "Text."}\n{"body": "x", "deep": ' + deep + "}\n")
        corpus = read(tmp_path)
        assert "b" in corpus.articles["article_id"].tolist()
        (tmp_path / "a.json").write_text('[{"body": "x", "deep": ' + deep + "}]")
        read(tmp_path)
        (tmp_path / "a.json").unlink()


def test_bytes_of_a_parquet_file_that_are_no_text_are_an_error_of_the_file(tmp_path):
    # A find of tests/fuzzing.py: pandas met them with a UnicodeDecodeError.
    path = tmp_path / "a.parquet"
    table("Hurd QQQQ weak.").to_parquet(path, compression=None, use_dictionary=False)
    path.write_bytes(path.read_bytes().replace(b"QQQQ", b"\xc6\xc6\xff\xfe"))
    with pytest.raises(CorpusError, match="cannot be read as Parquet"):
        read(path)


@pytest.mark.parametrize(
    ("columns", "data"), [([["a"], 2], [1, [2]]), ("abc", ["xyz"]), (["body", "id"], [["Text.", "a"], "x", None])]
)
def test_tables_in_json_without_names_or_rows_are_refused_or_listed(tmp_path, columns, data):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"columns": columns, "data": data}))
    corpus = read(tmp_path)
    assert len(corpus.articles) == int(columns == ["body", "id"])
    assert len(corpus.rejected) == (2 if len(corpus.articles) else 1)
