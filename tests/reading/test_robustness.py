"""Public test suites of CSV and JSON, hostile files, and archives that must end in a listed rejection."""

import gzip
import json
import zipfile

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.containers import MOST_RATIO
from analysis.reading.delimited import read_csv
from analysis.reading.json_records import read_json


def cases(shared_data, suite):
    manifest = shared_data / "robustness" / suite / "manifest.jsonl"
    if not manifest.exists():
        pytest.skip(f"{manifest} is not there; set FRAMING_SHARED to the folder of the shared data")
    return [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()], manifest.parent


def test_csv_spectrum_is_read_as_its_authors_say(shared_data):
    # Expected: the JSON that the suite gives for each file; line ends within cells are single line feeds here.
    listed, folder = cases(shared_data, "csv-spectrum")
    for case in listed:
        text = (folder / case["file"]).read_bytes().decode().replace("\r\n", "\n")
        table, rejected, _ = read_csv(text)
        wanted = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in case["expect_json"]]
        assert (table.to_dict("records"), rejected) == (wanted, []), case["file"]


def test_json_test_suite_accepts_nothing_that_is_no_json(shared_data):
    # Expected: the suite's verdict; "reject" must be refused. A valid document that is no list of articles may be refused too.
    listed, folder = cases(shared_data, "jsontestsuite")
    accepted = []
    for case in listed:
        try:
            text = (folder / case["file"]).read_bytes().decode("utf-8")
            found = read_json(text)
        except (CorpusError, UnicodeDecodeError):
            continue
        if case["expect"] == "reject" and not found.rejected and len(found.table):
            accepted.append(case["file"])
    assert accepted == []


def test_a_decompression_bomb_is_listed(tmp_path):
    bomb = b"a" * (64 << 20)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bomb))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bomb)
        archive.writestr("b.txt", "Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.articles["body"].tolist() == ["Text."]
    reason = f"unpacks to more than {MOST_RATIO} times its size, as a decompression bomb does"
    assert corpus.rejected["reason"].tolist() == [reason, reason]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "one\\..\\a.txt", "C:/a.txt", ".", "./."])
def test_a_path_that_leaves_the_archive_is_listed(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.rejected["reason"].tolist() == ["a path that leaves the archive"]


def test_an_archive_inside_an_archive_is_listed(tmp_path):
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("a.txt", "Title\n\nText.")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "inner.zip", "inner.zip")
    corpus = read(tmp_path / "outer.zip")
    assert corpus.rejected["reason"].tolist() == ["an archive inside an archive; unpack the outer one first"]


def test_a_link_that_leaves_the_folder_is_listed(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret.txt").write_text("Title\n\nText.")
    (tmp_path / "folder" / "a.txt").symlink_to(tmp_path / "secret.txt")
    corpus = read(tmp_path / "folder")
    assert corpus.rejected["reason"].tolist() == ["a link that leaves the folder; copy the file into it"]


def test_a_document_of_100_megabytes_is_listed(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"word " * (20 << 20))
    (tmp_path / "b.txt").write_text("Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["b"]
    assert corpus.rejected["reason"].str.startswith("105 MB in one document; at most 67 MB are read").tolist() == [True]


def test_a_broken_file_given_by_name_is_an_error_and_in_a_folder_a_rejection(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\0\0\0")
    with pytest.raises(CorpusError, match="line 1: a NUL character"):
        read(path)
    assert read(tmp_path).rejected[["position", "source_file"]].to_numpy().tolist() == [["line 1", str(path)]]


def test_xml_entities_are_refused_with_the_name_of_the_file(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        "<PPSResponse><article><headline><paragraph>&b;</paragraph></headline></article></PPSResponse>"
    )
    with pytest.raises(CorpusError, match=str(path)):
        read(path)


def test_lost_letters_and_declared_charsets_are_recorded(tmp_path):
    # By hand: 0xA3 is £ in cp1252 and Ł in cp1250, which the page declares; the page goes before our last resort.
    (tmp_path / "a.txt").write_bytes("Title\n\nOne � and £5m.".encode())
    (tmp_path / "b.txt").write_bytes("Title\n\nIt cost £5m.".encode("cp1252"))
    corpus = read(tmp_path)
    assert corpus.files["encoding"].tolist() == ["utf-8", "cp1252"]
    assert corpus.files["n_replaced"].tolist() == [1, 0]
    (lost,) = [note for note in corpus.notes if note.kind == "letters lost"]
    assert (lost.count, str(tmp_path / "a.txt") in lost) == (1, True)
    (guess,) = [note for note in corpus.notes if note.kind == "encoding"]
    assert (guess.file, "'£5m'" in guess) == (str(tmp_path / "b.txt"), True)
    assert corpus.text_of("b", "body") == "It cost £5m."
