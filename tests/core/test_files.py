"""Files that grow piece by piece, and folders that one process writes to."""

import pytest
from filelock import FileLock

from analysis.core.errors import CorpusError
from analysis.core.files import LOCK, write_at, writing


def test_what_stood_behind_the_place_is_gone(tmp_path):
    path = tmp_path / "a"
    write_at(path, b"one", 0)
    write_at(path, b"two and more", 3)
    write_at(path, b"2", 3)
    assert path.read_bytes() == b"one2"


def test_a_folder_is_made_and_free_again_afterwards(tmp_path):
    for _ in range(2):
        with writing(tmp_path / "new" / "folder", error=CorpusError):
            assert (tmp_path / "new" / "folder").is_dir()


def test_a_second_writer_and_a_full_disk_are_told(tmp_path):
    with (
        FileLock(tmp_path / LOCK),
        pytest.raises(CorpusError, match="another process is writing there"),
        writing(tmp_path, error=CorpusError),
    ):
        pass
    with pytest.raises(CorpusError, match=r"cannot be written \(No space left"), writing(tmp_path, error=CorpusError):
        raise OSError(28, "No space left on device")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(CorpusError, match="cannot be written"), writing(tmp_path / "a", error=CorpusError):
        pass
