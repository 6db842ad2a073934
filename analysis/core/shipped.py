"""Where the lexicons that come with the project lie: beside the package in the repository, inside it in a wheel."""

from pathlib import Path

_FOLDERS = (
    Path(__file__).resolve().parents[2] / "data" / "lexicons",
    Path(__file__).resolve().parents[1] / "data" / "lexicons",
)


def shipped(name: str) -> Path:
    """Return the path of a lexicon of the project, such as ``cues.yml``."""
    return next((folder / name for folder in _FOLDERS if (folder / name).exists()), _FOLDERS[0] / name)
