"""Loading of large lexicons: seconds and the memory of a process of its own, for CSV and YAML."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Three shapes of entry in turn: a word, a wildcard with a letter beyond ASCII, a phrase.
SHAPES = ("word{}x", "grün{}x*", "lame{}x duck")


def entries(n: int) -> list[str]:
    return [SHAPES[number % 3].format(number) for number in range(n)]


def write_csv(path: Path, n: int) -> None:
    rows = (f"{entry},category{number % 10},{number % 7 + 1}.5\n" for number, entry in enumerate(entries(n)))
    path.write_text("term,category,weight\n" + "".join(rows), encoding="utf-8")


def write_yaml(path: Path, n: int) -> None:
    path.write_text("war:\n" + "".join(f"- {entry}\n" for entry in entries(n)), encoding="utf-8")


def load(path: str) -> None:
    from analysis.lexicons import read_lexicon

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    started = time.perf_counter()
    lexicon = read_lexicon(path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(lexicon.entries):>9,} entries, {Path(path).name}: {seconds:.1f} s, {peak:.2f} GB ({before:.2f} before)"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, write, n in (("large.csv", write_csv, 1_000_000), ("large.yml", write_yaml, 100_000)):
            path = Path(folder) / name
            write(path, n)
            subprocess.run([sys.executable, __file__, str(path)], check=True)


if __name__ == "__main__":
    load(sys.argv[1]) if len(sys.argv) > 1 else main()
