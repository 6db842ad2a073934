"""A store that is stale, cut or altered is named and never used."""

import json
import os
import shutil

import pytest
from stores import bytes_of, corpus

import analysis as fa
from analysis.core.errors import CorpusError
from analysis.tokens import layout


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return fa.save_corpus(corpus(), tmp_path_factory.mktemp("store") / "c.framing", part_bytes=150)


@pytest.fixture
def copy(store, tmp_path):
    return shutil.copytree(store, tmp_path / "c.framing")


def _files(store):
    return [name for name, data in bytes_of(store).items() if data]


def test_an_altered_byte_in_any_file_is_named(store, tmp_path):
    for number, name in enumerate(_files(store)):
        folder = shutil.copytree(store, tmp_path / str(number))
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        with pytest.raises(CorpusError, match=rf"{name}.*(altered|another version)|another version"):
            fa.open_corpus(folder)


def test_a_cut_file_and_one_that_is_gone_are_named(store, tmp_path):
    for number, name in enumerate(_files(store)):
        folder = shutil.copytree(store, tmp_path / str(number))
        (folder / name).write_bytes((folder / name).read_bytes()[:-2])  # the last line end of the manifest is of no use
        with pytest.raises(CorpusError, match=rf"{name}: (cut or )?altered"):
            fa.open_corpus(folder)
        (folder / name).unlink()
        with pytest.raises(CorpusError, match=rf"{name}: gone|no {name}"):
            fa.open_corpus(folder)


def test_the_part_of_an_altered_piece_is_named(copy):
    manifest = layout.Manifest.of(copy)
    end = manifest.parts[0].pieces["type_ids.i4"].end
    data = bytearray((copy / "type_ids.i4").read_bytes())
    data[end] ^= 1
    (copy / "type_ids.i4").write_bytes(data)
    with pytest.raises(CorpusError, match=r"type_ids\.i4, part 2: altered"):
        fa.open_corpus(copy)


def test_a_byte_that_changed_without_a_trace_is_found_when_every_byte_is_compared(copy):
    path = copy / "body.utf8"
    times = path.stat()
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    fa.open_corpus(copy)
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(CorpusError, match=r"body\.utf8, part 1: altered"):
        fa.open_corpus(copy, every_byte=True)


def test_a_copy_is_compared_once(copy, monkeypatch):
    past, now = 10**18, 2 * 10**18
    for path in copy.iterdir():
        os.utime(path, ns=(now, now))
    os.utime(copy / layout.MANIFEST, ns=(past, past))
    fa.open_corpus(copy)
    os.utime(copy / layout.MANIFEST, ns=(now + 1, now + 1))
    monkeypatch.setattr(layout, "hash_of_piece", lambda *_: pytest.fail("a file was read again"))
    fa.open_corpus(copy)


@pytest.mark.parametrize("name", ["format", "project", "token_rule", "unicode", "encoder"])
def test_a_store_of_another_version_is_named(copy, name):
    path = copy / layout.MANIFEST
    said = json.loads(path.read_text())
    said["made_by"][name] = "older"
    path.write_text(json.dumps(said))
    with pytest.raises(CorpusError, match=rf"made by another version \({name}: 'older', here"):
        fa.open_corpus(copy)


def test_a_changed_manifest_shows_by_its_own_hash(copy):
    path = copy / layout.MANIFEST
    path.write_text(path.read_text().replace('"corpus_articles": 7', '"corpus_articles": 8'))
    with pytest.raises(CorpusError, match=r"manifest\.json: altered, as its own hash shows"):
        fa.open_corpus(copy)


def test_a_folder_that_cannot_be_written_is_opened_all_the_same(copy, monkeypatch):
    def refuse(self):
        raise PermissionError("read-only")

    monkeypatch.setattr(layout.Path, "touch", refuse)
    for path in copy.iterdir():
        os.utime(path)
    assert len(fa.open_corpus(copy).articles) == 7
