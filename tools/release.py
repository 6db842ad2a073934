"""Build the wheel, install it in clean environments, and ask it the founding question.

A headline calls somebody weak: in whose voice does the body say it, and of whom?

Usage: python tools/release.py [--pip VERSION ...]

Nothing is published: the wheel lies in dist/ when every environment has answered rightly, beside it a software bill of materials (CycloneDX) of what
the last of them holds.
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The pip that comes with Python 3.11, whose resolver reads the names of extras otherwise than later ones; and the newest.
PIPS = ("23.2.1", "")
# What reads an environment and writes its bill of materials; it runs apart, so that neither the package nor the lock needs it.
CYCLONEDX = "cyclonedx-bom==7.5.0"
# A headline that puts 'weak' beside a name, whose body says that the word is another's, about somebody else, and negated.
ARTICLE = """'Don't want to look weak': Hale under fire

Prime Minister Anna Hale met the council.

"Norland does not want to look weak," the analyst Tom Berg said.
"""
ANSWERS = (
    "stands in the body in other words: 'does not want to look weak'. The speaker is Tom Berg.",
    "voice: direct, Tom Berg; negated",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--pip", nargs="*", default=PIPS, help="versions of pip to install the wheel with; '' is the newest"
    )
    options = parser.parse_args()
    wheel = built()
    for version in options.pip:
        print(f"pip {version or '(newest)'}: {answered(wheel, version)}")
    print(f"dist/{wheel.name} is ready, its bill of materials is {wheel.with_suffix('.cdx.json').name}")
    return 0


def built() -> Path:
    """Return the wheel, built from the working tree."""
    dist = ROOT / "dist"
    for old in (*dist.glob("*.whl"), *dist.glob("*.cdx.json")):
        old.unlink()
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(dist)], ROOT)
    (wheel,) = dist.glob("*.whl")
    return wheel


def answered(wheel: Path, pip: str) -> str:
    """Return "right" when the wheel, installed by this version of pip alone, answers the question.

    Raises
    ------
    SystemExit
        When the installation, the command or the answer fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        python = str(programs / "python")
        wanted = f"pip=={pip}" if pip else "pip"
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", wanted], folder)
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], folder)
        write_bill(python, wheel)
        (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
        said = run([str(programs / "framing"), "article", "article.txt"], folder)
    lost = [answer for answer in ANSWERS if answer not in said]
    if lost:
        raise SystemExit(f"the wheel installed by {wanted} does not say {lost[0]!r}; it said:\n{said}")
    return "right"


def write_bill(python: str, wheel: Path) -> None:
    """Write beside the wheel what its environment holds, with versions and licences, as CycloneDX."""
    bill = wheel.with_suffix(".cdx.json")
    program = [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", CYCLONEDX, "cyclonedx-py"]
    run([*program, "environment", python, "--output-reproducible", "--output-file", str(bill)], ROOT)


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
