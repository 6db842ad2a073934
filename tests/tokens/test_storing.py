"""Writing a corpus to disk: interrupted anywhere it goes on, and the files are the same; two writers and a full disk are told."""

import errno
from pathlib import Path

import pytest
from filelock import FileLock
from stores import bytes_of, corpus

import analysis as fa
from analysis.core.errors import CorpusError
from analysis.tokens import layout, storing

PART_BYTES = 200


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = fa.save_corpus(corpus(), tmp_path_factory.mktemp("whole") / "c.framing", part_bytes=PART_BYTES)
    return bytes_of(folder)


class Fault:
    """What stops the writing in the middle of write number `at`."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.at, self.error, self.n = at, error, 0

    def __call__(self, write, half):
        def faulty(path, data, *place):
            self.n += 1
            if self.n - 1 == self.at:
                half(path, data, *place)
                raise self.error
            write(path, data, *place)

        return faulty


def _write(folder, monkeypatch, fault):
    def half_at(path, data, place):
        with Path(path).open("r+b" if Path(path).exists() else "w+b") as file:
            file.truncate(place)
            file.seek(place)
            file.write(bytes(data)[: len(data) // 2])

    with monkeypatch.context() as patched:
        patched.setattr(storing, "write_at", fault(storing.write_at, half_at))
        for module in (storing, layout):
            patched.setattr(module, "write_whole", fault(module.write_whole, lambda path, data: None))
        fa.save_corpus(corpus(), folder, part_bytes=PART_BYTES)


def test_interrupted_at_any_write_it_goes_on_with_the_same_bytes(whole, tmp_path, monkeypatch):
    at = 0
    while True:
        folder, fault = tmp_path / str(at), Fault(at, KeyboardInterrupt())
        try:
            _write(folder, monkeypatch, fault)
        except KeyboardInterrupt:
            at += 1
        else:
            break
        with pytest.raises(CorpusError, match=r"not finished|no manifest\.json"):
            fa.open_corpus(folder)
        fa.save_corpus(corpus(), folder, part_bytes=PART_BYTES)
        assert bytes_of(folder) == whole, at
    assert at > 40  # 13 files and a manifest a part, and what stands beside the articles


def test_a_full_disk_is_told_and_nothing_is_lost(whole, tmp_path, monkeypatch):
    folder = tmp_path / "c.framing"
    with pytest.raises(CorpusError, match=r"c\.framing: cannot be written \(No space left.*goes on from there"):
        _write(folder, monkeypatch, Fault(20, OSError(errno.ENOSPC, "No space left on device")))
    assert len(layout.Manifest.of(folder).parts) == 1
    fa.save_corpus(corpus(), folder, part_bytes=PART_BYTES)
    assert bytes_of(folder) == whole


def test_two_writers_at_once_are_refused(tmp_path):
    folder = tmp_path / "c.framing"
    folder.mkdir()
    with FileLock(folder / ".lock"), pytest.raises(CorpusError, match="another process is writing there"):
        fa.save_corpus(corpus(), folder)
    fa.save_corpus(corpus(), folder)


def test_what_is_there_already_is_written_no_second_time(tmp_path, monkeypatch):
    folder = fa.save_corpus(corpus(), tmp_path / "c.framing")
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != ".lock"}
    fa.save_corpus(corpus(), folder)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_another_corpus_and_files_of_others_are_left_alone(tmp_path):
    folder = fa.save_corpus(corpus(), tmp_path / "c.framing")
    before = bytes_of(folder)
    other = fa.read(corpus().articles.head(3), boilerplate="keep")
    with pytest.raises(CorpusError, match="holds another corpus"):
        fa.save_corpus(other, folder)
    topics = corpus().articles.assign(topic="z")
    with pytest.raises(CorpusError, match="holds another corpus"):
        fa.save_corpus(fa.read(topics, boilerplate="keep"), folder)
    with pytest.raises(CorpusError, match="by other options"):
        fa.save_corpus(corpus(), folder, options={"boilerplate": "keep"})
    assert bytes_of(folder) == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_bytes(b"x")
    with pytest.raises(CorpusError, match=r"thesis\.docx"):
        fa.save_corpus(corpus(), tmp_path / "mine")


@pytest.mark.parametrize("change", ["cut", "altered", "gone"])
def test_what_is_gone_on_with_must_be_what_was_written(tmp_path, monkeypatch, change):
    folder = tmp_path / "c.framing"
    with pytest.raises(KeyboardInterrupt):
        _write(folder, monkeypatch, Fault(20, KeyboardInterrupt()))
    path, piece = folder / "gaps.u4", layout.Manifest.of(folder).parts[0].pieces["gaps.u4"].end
    data = path.read_bytes()
    changed = {"cut": data[: piece - 1], "altered": b"x" + data[1:]}
    path.unlink()
    if change in changed:
        path.write_bytes(changed[change])
    with pytest.raises(CorpusError, match=r"gaps\.u4, part 1: altered"):
        fa.save_corpus(corpus(), folder, part_bytes=PART_BYTES)


def test_parts_without_a_byte_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="part_bytes=0"):
        fa.save_corpus(corpus(), tmp_path / "c.framing", part_bytes=0)
