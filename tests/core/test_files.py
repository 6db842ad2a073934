"""Files that are whole or not there, alone and together; files that grow piece by piece, and folders that one process writes to."""

import ast
import errno
import json
import os
import re
import stat
import threading
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from analysis.core.errors import CorpusError, OutputError
from analysis.core.files import (
    LOCK,
    claimed_file,
    claimed_folder,
    make_folder,
    scratch_file,
    strangers_in,
    together,
    whole_file,
    write_at,
    write_whole,
    writing,
)
from analysis.exporting.sheets import workbook


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def failing(monkeypatch, name, error):
    """Make a call of `os` fail."""

    def fails(*_, **__):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, name, fails)


def test_the_folder_of_a_file_is_made_and_nothing_else_is_left(tmp_path):
    write_whole(tmp_path / "new" / "folder" / "a.txt", b"one")
    write_whole(tmp_path / "new" / "folder" / "a.txt", b"two")
    assert names_in(tmp_path / "new" / "folder") == ["a.txt"]
    assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == b"two"


def test_an_error_while_it_is_written_leaves_what_was_there(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")

    def half(path):
        with whole_file(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    for name in ("a.txt", "b.txt", "new/c.txt"):
        with pytest.raises(KeyboardInterrupt):
            half(tmp_path / name)
    assert names_in(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_write_that_fails_is_told_with_path_reason_size_and_what_is_whole(tmp_path, monkeypatch, error):
    (tmp_path / "a.txt").write_bytes(b"old")
    failing(monkeypatch, "write", error)
    remedy = "give a path that you may write to" if error == errno.EIO else "make room there, or write to another disk"
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / "a.txt", b"x" * 100_000)
    assert str(caught.value) == (
        f"{tmp_path / 'a.txt'}: cannot be written ({os.strerror(error)}, 0 of 100,000 bytes written); what was there before is whole, as it was; "
        f"{remedy}"
    )
    with pytest.raises(OutputError, match="no part of it is left there"):
        write_whole(tmp_path / "b.txt", b"x")
    assert names_in(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_disk_that_does_not_confirm_is_told_and_the_new_file_is_whole(tmp_path, monkeypatch):
    sync, folders = os.fsync, []

    def of_files(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            folders.append(handle)
            raise OSError(errno.EIO, "Input/output error")
        sync(handle)

    monkeypatch.setattr(os, "fsync", of_files)
    with pytest.raises(OutputError, match="is written whole, but the disk does not confirm that it will keep it"):
        write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert len(folders) == 1


def test_a_folder_that_cannot_be_told_to_be_kept_is_no_error(tmp_path, monkeypatch):
    failing(monkeypatch, "fsync", errno.EINVAL)
    with pytest.raises(OutputError):  # the file itself must be
        write_whole(tmp_path / "a.txt", b"new")
    monkeypatch.undo()
    sync = os.fsync

    def of_files(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(os, "fsync", of_files)
    write_whole(tmp_path / "a.txt", b"new")


def test_a_new_file_has_the_rights_that_the_user_wants_and_a_replaced_one_those_that_it_had(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", b"one")
        assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640
        (tmp_path / "a.txt").chmod(0o604)
        write_whole(tmp_path / "a.txt", b"two")
        assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o604
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write to every file")
def test_a_protected_file_stays(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").chmod(0o444)
    with pytest.raises(OutputError, match="is protected against writing and stays as it is"):
        write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_of_a_link_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.txt").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there/a.txt")
    (tmp_path / "dangling").symlink_to("there/b.txt")
    (tmp_path / "round").symlink_to("round")
    write_whole(tmp_path / "link", b"new")
    write_whole(tmp_path / "dangling", b"b")
    assert (tmp_path / "link").readlink() == Path("there/a.txt")
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == {"a.txt": b"new", "b.txt": b"b"}
    with pytest.raises(OutputError, match="is a link that leads to itself"):
        write_whole(tmp_path / "round", b"new")


def test_a_device_is_written_to_and_a_folder_is_refused(tmp_path):
    write_whole(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()
    with claimed_file(Path(os.devnull)):
        pass
    with pytest.raises(OutputError, match="is a folder; give the name of a file in it"):
        write_whole(tmp_path, b"new")


def test_a_name_as_long_as_the_disk_takes_can_be_written(tmp_path):
    path = tmp_path / ("ä" * 125 + ".html")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def in_a_thread(call):
    """Call something as another run would, and return its error."""
    errors = []

    def run():
        try:
            call()
        except OutputError as error:
            errors.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return errors


def test_a_file_that_one_run_writes_is_refused_to_another_until_it_is_there(tmp_path):
    path = tmp_path / "a.txt"

    def claims():
        with claimed_file(path):
            pass

    with claimed_file(path):
        write_whole(path, b"the run that has it may write it")
        refused = f"{path}: another run is writing there; wait for it, or write to another path"
        assert in_a_thread(claims) == [refused]
        assert in_a_thread(lambda: write_whole(tmp_path / "other.txt", b"another file is free")) == []
    assert in_a_thread(claims) == []
    assert names_in(tmp_path) == ["a.txt", "other.txt"]


def test_a_folder_is_refused_to_another_run_and_gone_if_nothing_came_into_it(tmp_path):
    folder = tmp_path / "new" / "folder"

    def claims():
        with claimed_folder(folder):
            pass

    with claimed_folder(folder):
        assert len(in_a_thread(claims)) == 1
    assert names_in(tmp_path) == []
    with claimed_folder(folder):
        write_whole(folder / "a.txt", b"x")
    assert names_in(folder) == ["a.txt"]


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    for claim in (claimed_file(tmp_path / "file" / "a"), claimed_folder(tmp_path / "file" / "a")):
        with pytest.raises(OutputError, match=r"a: cannot be written \((File exists|Not a directory)"), claim:
            pytest.fail("the work began")
    with pytest.raises(OutputError, match="cannot be written"):
        make_folder(tmp_path / "file")


def test_what_killed_runs_left_is_cleared_and_no_other_file(tmp_path):
    for name in (".a.txt.framing-writing", ".b.txt.framing-before", ".c.txt.framing-lock", ".mine.lock", ".d.writing"):
        (tmp_path / name).write_bytes(b"left")
    (tmp_path / ".live.txt.framing-writing").write_bytes(b"of a run that goes on")
    with FileLock(tmp_path / ".live.txt.framing-lock"), claimed_file(tmp_path / "new.txt"):
        left = names_in(tmp_path)
    assert left == [
        ".d.writing", ".live.txt.framing-lock", ".live.txt.framing-writing", ".mine.lock", ".new.txt.framing-lock",
    ]  # fmt: skip
    assert strangers_in(tmp_path, ()) == [".d.writing", ".mine.lock"]


@pytest.fixture
def three(tmp_path):
    """Two files that are there and one that is not, and what writes all three."""
    (tmp_path / "one").write_bytes(b"old 1")
    (tmp_path / "two").write_bytes(b"old 2")

    def write():
        with together() as files:
            for name in ("one", "two", "three"):
                files.write(tmp_path / name, f"new {name}".encode())

    return write


OLD = {"one": b"old 1", "two": b"old 2"}
NEW = {"one": b"new one", "two": b"new two", "three": b"new three"}


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_come_together_and_leave_nothing_beside_them(three, tmp_path):
    three()
    assert bytes_in(tmp_path) == NEW


@pytest.mark.parametrize("at", [1, 2, 3])
def test_none_of_them_is_replaced_when_one_cannot_be_put_in_its_place(three, tmp_path, monkeypatch, at):
    replace, n = os.replace, 0

    def fails(source, target):
        nonlocal n
        n += 1
        if n == at:
            raise OSError(errno.EACCES, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OutputError, match="Permission denied"):
        three()
    assert bytes_in(tmp_path) == OLD


def test_on_a_disk_without_second_names_what_was_there_is_copied(three, tmp_path, monkeypatch):
    failing(monkeypatch, "link", errno.EPERM)
    test_none_of_them_is_replaced_when_one_cannot_be_put_in_its_place(three, tmp_path, monkeypatch, 3)
    monkeypatch.undo()
    three()
    assert bytes_in(tmp_path) == NEW


def test_a_disk_that_fails_for_good_is_told_and_the_next_run_puts_back(three, tmp_path, monkeypatch):
    replace, n = os.replace, 0

    def fails(source, target):
        nonlocal n
        n += 1
        if n > 1:
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OutputError, match="kept beside them, and put back by the next run"):
        three()
    monkeypatch.undo()
    with claimed_file(tmp_path / "another"):
        pass
    assert bytes_in(tmp_path) == OLD


def killed_after(n, write):
    """Do something in a process that is killed after `n` files were put in their places."""
    child = os.fork()
    if not child:
        replace, done = os.replace, 0

        def counted(source, target):
            nonlocal done
            if done == n:
                os._exit(9)
            done += 1
            replace(source, target)

        os.replace = counted
        write()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_after_a_kill_in_between_the_next_run_puts_back_what_was_there(three, tmp_path, n):
    assert killed_after(n, three) == 9
    with claimed_file(tmp_path / "another"):
        pass
    assert bytes_in(tmp_path) == OLD
    assert killed_after(n, three) == 9
    three()
    assert bytes_in(tmp_path) == NEW


def test_a_file_that_was_changed_after_the_kill_is_not_put_back(three, tmp_path):
    assert killed_after(2, three) == 9
    (tmp_path / "two").unlink()
    (tmp_path / "two").write_bytes(b"by hand")
    with claimed_folder(tmp_path):
        pass
    assert bytes_in(tmp_path) == {"one": b"old 1", "two": b"by hand"}


def test_a_note_that_was_cut_by_the_kill_changes_nothing(tmp_path):
    (tmp_path / "one").write_bytes(b"old 1")
    (tmp_path / ".one.framing-together").write_bytes(json.dumps([["one", True, 1, 1]]).encode()[:7])
    with claimed_folder(tmp_path):
        pass
    assert bytes_in(tmp_path) == {"one": b"old 1"}


def test_a_reader_beside_a_writer_never_meets_half_a_file(tmp_path):
    path, wanted = tmp_path / "a.txt", {bytes([65 + n]) * 50_000 for n in range(8)}
    write_whole(path, b"A" * 50_000)
    found, is_done = set(), threading.Event()

    def read():
        while not is_done.is_set():
            found.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for data in sorted(wanted) * 3:
        write_whole(path, data)
    is_done.set()
    reader.join()
    assert found
    assert found <= wanted


def test_a_scratch_file_has_its_name_and_is_gone_afterwards():
    with scratch_file("my words.yml", b"x") as path:
        assert (path.name, path.read_bytes()) == ("my words.yml", b"x")
    assert not path.parent.exists()


def test_a_folder_for_temporary_files_that_is_full_is_told(monkeypatch):
    failing(monkeypatch, "open", errno.ENOSPC)
    with pytest.raises(OutputError, match=r"the folder for temporary files cannot be written \(No space left.*TMPDIR"):
        workbook(pd.DataFrame({"x": [1]}), title="t")


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


def test_a_second_writer_and_a_full_disk_are_told(tmp_path, monkeypatch):
    with (
        FileLock(tmp_path / LOCK),
        pytest.raises(CorpusError, match="another process is writing there"),
        writing(tmp_path, error=CorpusError),
    ):
        pass
    with pytest.raises(CorpusError, match=r"cannot be written \(No space left"), writing(tmp_path, error=CorpusError):
        raise OSError(28, "No space left on device")
    failing(monkeypatch, "write", errno.ENOSPC)
    with pytest.raises(CorpusError, match=r"cannot be written \(No space left"), writing(tmp_path, error=CorpusError):
        write_whole(tmp_path / "a", b"x")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(CorpusError, match="cannot be written"), writing(tmp_path / "a", error=CorpusError):
        pass


PACKAGE = Path(__file__).resolve().parents[2] / "analysis"
# The modules through which all others write, and what others write that is no output.
WRITERS = {"core/files.py", "core/places.py", "core/putting_back.py"}
SCRATCH = {
    "reading/apart.py": "the pipe to another process",
    "reading/rooms.py": "texts of a corpus that is being read, gone afterwards",
    "reading/saving.py": "the folder of that room",
    "reading/downloading.py": "a whole download goes to where it is checked",
    "reading/fetching.py": "a download that was checked takes its place",
    "tokens/layout.py": "the time of a manifest that was found right",
}
# Methods and functions that write to a path, by how many arguments that is: str.replace has two, DataFrame.rename none.
WRITING = {
    "write_text": 1, "write_bytes": 1, "touch": 0, "mkdir": 0, "makedirs": 1, "symlink_to": 1, "hardlink_to": 1, "rename": 1, "replace": 1,
    "copy2": 2, "copyfile": 2, "copymode": 2, "move": 2, "copytree": 2, "to_parquet": 1, "to_csv": 1, "to_excel": 1, "to_json": 1,
    "to_pickle": 1, "to_feather": 1, "savefig": 1, "write_table": 2, "ParquetWriter": 1, "write_ipynb": 2, "new_stream": 2, "new_file": 2,
    "mkdtemp": 0, "mkstemp": 0, "NamedTemporaryFile": 0, "TemporaryDirectory": 0, "savez": 1, "tofile": 1,
}  # fmt: skip
FILES_IN_MEMORY = {"file", "packed", "written", "drawn", "writer", "sink"}


# Most modules have none of these words, and are not parsed.
HINT = re.compile(
    rf"\b(?:{'|'.join(['open', 'fdopen', 'ZipFile', 'GzipFile', *(WRITING.keys() - {'replace', 'rename'})])})\(|\.(?:replace|rename)\([^,]*?\)"
)


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def opens_to_write(node):
    """Whether a call is one of `open` with a mode in which something is written."""
    texts = [
        one.value for one in [*node.args, *(word.value for word in node.keywords)] if isinstance(one, ast.Constant)
    ]
    modes = [text for text in texts if isinstance(text, str) and set(text) <= set("rwaxbt+")]
    return called(node) in ("open", "fdopen", "ZipFile", "GzipFile") and any(set(mode) & set("wax+") for mode in modes)


def writes(node):
    """Whether a call writes to a path, as far as can be seen: not to a file that is open, or lies in memory."""
    is_open = any(isinstance(one, ast.Name) and one.id in FILES_IN_MEMORY for one in node.args)
    is_open |= any(isinstance(one, ast.Call) and called(one) == "open" for one in node.args)
    least = WRITING.get(called(node))
    is_a_path = isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords
    is_a_path &= not any(isinstance(one, ast.Constant) for one in node.args)  # Series.rename("n")
    is_text = called(node) in ("replace", "rename") and not is_a_path
    return not is_open and (opens_to_write(node) or (least is not None and len(node.args) >= least and not is_text))


def writers_in(source):
    if not HINT.search(source):
        return []
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and writes(node)]


def test_no_other_module_writes_to_disk():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        calls = writers_in(path.read_text(encoding="utf-8"))
        if calls and path.relative_to(PACKAGE).as_posix() not in WRITERS:
            found[path.relative_to(PACKAGE).as_posix()] = calls
    others = {name: calls for name, calls in found.items() if name not in SCRATCH}
    assert not others, "write through analysis.core.files, or list it here with the reason"
    assert found.keys() == SCRATCH.keys(), "a module that writes no more is listed no more"


@pytest.mark.parametrize(
    "source",
    [
        "open(path, 'w')", "path.open('ab+')", "os.fdopen(handle, mode='wb')", "path.write_text(text)", "table.to_parquet(path, index=False)",
        "zipfile.ZipFile(path, 'w')", "path.replace(other)", "shutil.move(one, other)", "figure.savefig(path)", "path.mkdir(parents=True)",
    ],
)  # fmt: skip
def test_what_writes_is_noticed(source):
    assert writers_in(source) == [source]


@pytest.mark.parametrize(
    "source",
    [
        "open(path)",
        "path.open('rb')",
        "table.to_csv(index=False)",
        "text.replace('a', 'b')",
        "table.rename(columns={})",
    ],
)
def test_what_reads_is_none_of_it(source):
    assert writers_in(source) == []
