"""The repository names no registry and no path of the machine it was written on; the lock is hashed and host-free."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Put together here, so that this file holds none of them.
REGISTRIES = [
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("conda", "anaconda", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("proxy", "golang", "org"),
    )
]
# A folder of users or of this project's machine, at the start of an absolute path; not within a web address or ../.
MACHINE_PATH = re.compile(rb"(?<![\w.~-])/(?:home|Users|root|work)/\w[\w./-]*")


def committed_files():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def own_folders():
    """Return this clone's folder and the user's home, where they are long enough to be no accident."""
    return [str(folder).encode() for folder in (ROOT, Path.home()) if len(folder.parts) > 2]


def test_no_file_names_a_registry_host():
    found = {
        str(path.relative_to(ROOT)): host.decode()
        for path in committed_files()
        for host in REGISTRIES
        if host in path.read_bytes()
    }
    assert not found


def test_no_file_names_a_path_of_this_machine():
    found = {}
    for path in committed_files():
        content = path.read_bytes()
        matches = [match[0] for match in MACHINE_PATH.finditer(content)]
        matches += [folder for folder in own_folders() if folder in content]
        if matches:
            found[str(path.relative_to(ROOT))] = matches[:3]
    assert not found


@pytest.mark.parametrize(
    ("text", "is_path"),
    [
        (b'File "' + b"/" + b'work/main/analysis/x.py"', True),
        (b" /" + b"home/ada/articles", True),
        (b"https://wire.example/home/politics", False),
        (b"../work/articles", False),
    ],
)
def test_machine_paths_are_told_from_addresses(text, is_path):
    assert bool(MACHINE_PATH.search(text)) == is_path


def test_every_locked_package_has_hashes():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) > 100
    for package in packages:
        assert re.match(r"[\w.-]+==[\w.+!]+( ; [^\\]+)? \\\n", package), package.splitlines()[0]
        assert re.search(r"^    --hash=sha256:[0-9a-f]{64}\b", package, flags=re.MULTILINE), package.splitlines()[0]


def test_the_lock_names_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.findall(r"\w+://\S+|^--?\w[\w-]*", text, flags=re.MULTILINE)
