"""Where the lexicons and codebooks that come with the project lie: beside the package in the repository, inside it in a wheel."""

from pathlib import Path

_DATA = (Path(__file__).resolve().parents[2] / "data", Path(__file__).resolve().parents[1] / "data")


def shipped(name: str, *, folder: str = "lexicons") -> Path:
    """Return the path of a lexicon of the project, such as ``cues.yml``, or of a file of another folder of its data."""
    paths = [data / folder / name for data in _DATA]
    return next((path for path in paths if path.exists()), paths[0])
