"""How many modules of the package a reader of its code must open to follow one thing through: four walks.

Usage: python tools/walks.py [NAME ...] [--tree PATH]      such as `chart hit voice by`; all four without one

    chart   text → chart       a table of two articles, encoded; an entry found; rates; the chart drawn
    hit     entry → hit        a mapping of entries and one of targets; HITS with voices and targets; each in its line
    voice   quotation → voice  VOICES of encoded articles of which the voices were read before, so that no list of words is read anew
    by      by → table         rates by a column of the articles, of HITS that were found before

Counted is a module of `analysis/` in which a function was *called* while the snippet ran, in any thread, and not what was called to
prepare it; that a module was imported does not count (all are imported before), nor does the body of a class. Every walk has a process
of its own, so that none finds something read by another. Compiled functions run as Python (NUMBA_DISABLE_JIT=1), or their callers
would hide them. What they return may be wrong then, as integers of Python and of numpy mix in other ways: results are not looked at.

PATH is another tree of this project, such as a work tree of an older commit; its package is run.
"""

import argparse
import importlib
import os
import pkgutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType, SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CO_NEWLOCALS = 0x2  # set for functions, not for the body of a module or class
ENTRIES = {"weakness": ["weak", "fail*"]}
TARGETS = {"Ann Reed": ["Ann Reed"], "Tom Hill": ["Tom Hill"]}
BODY = (
    "Critics called the mayor weak. “She is failing us,” said Ann Reed, who runs the harbour office. The council is not weak, "
    "said Tom Hill. “He failed the port,” she added."
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*WALKS, []], metavar="NAME")  # []: none named
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # the child process, which walks itself
    chosen = parser.parse_args()
    for name in chosen.names or list(WALKS):
        modules = entered(WALKS[name], chosen.tree) if chosen.here else _in_a_process_of_its_own(name, chosen.tree)
        print(
            "\n".join(modules) if chosen.here else "\n    ".join([f"{name}: {len(modules)} modules", *modules]),
            flush=True,
        )
    return 0


def _in_a_process_of_its_own(name: str, tree: Path) -> list[str]:
    command = [sys.executable, str(Path(__file__)), name, "--here", "--tree", str(tree.resolve())]
    environment = os.environ | {"PYTHONPATH": str(tree.resolve()), "NUMBA_DISABLE_JIT": "1", "MPLBACKEND": "agg"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{name}: failed on {tree}\n{ran.stderr}")
    return ran.stdout.splitlines()


def entered(walk: Callable[[], Callable[[], object]], tree: Path) -> list[str]:
    """Return the modules in which a function is called by what `walk` returns, which is prepared before."""
    warnings.simplefilter("ignore")  # of arithmetic that wraps around, as it does in compiled code
    _let_compiled_functions_be_plain()
    _import_all()
    folder = f"{tree.resolve() / 'analysis'}{os.sep}"
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    snippet = walk()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        snippet()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
    files = {code.co_filename for code in codes if code.co_flags & CO_NEWLOCALS}
    return sorted(file.removeprefix(folder) for file in files if file.startswith(folder))


def _let_compiled_functions_be_plain() -> None:
    """Give functions that are not compiled what the package asks of compiled ones: nothing is left to compile."""
    import numba

    compile_none = numba.njit

    def njit(*arguments: Any, **options: Any) -> Callable[[Any], Any]:
        def plain(function: Any) -> Any:
            function = compile_none(*arguments, **options)(function)
            function.py_func, function.signatures, function.stats = function, ["plain"], SimpleNamespace(cache_path="")
            return function

        return plain

    numba.njit = njit


def _import_all() -> None:
    """Import every module, so that no function is called by an import while a snippet runs."""
    import analysis as fa

    for module in pkgutil.walk_packages(fa.__path__, f"{fa.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def chart() -> Callable[[], object]:
    import analysis as fa
    from analysis.lexicons import lexicon_from_mapping

    draw, articles = _rate_dots(), _articles()

    def walk() -> object:
        tokens = fa.tokenize(fa.read(articles))
        hits = fa.find_hits(tokens, lexicon_from_mapping(ENTRIES))
        return draw(fa.rates(hits, tokens, by=["outlet", "category"]), row="outlet", panel="category")

    return walk


def hit() -> Callable[[], object]:
    import analysis as fa
    from analysis.lexicons import lexicon_from_mapping

    tokens = fa.tokenize(fa.read(_articles(), boilerplate="keep"))

    def walk() -> object:
        targets = lexicon_from_mapping(TARGETS)
        found = fa.find_hits(tokens, lexicon_from_mapping(ENTRIES), targets=targets)
        return found, fa.concordance(tokens, "weak")

    return walk


def voice() -> Callable[[], object]:
    import analysis as fa

    tokens = fa.tokenize(fa.read(_articles(), boilerplate="keep"))
    fa.voices(tokens)
    return lambda: fa.voices(tokens)


def by() -> Callable[[], object]:
    import analysis as fa
    from analysis.lexicons import lexicon_from_mapping

    tokens = fa.tokenize(fa.read(_articles(), boilerplate="keep"))
    hits = fa.find_hits(tokens, lexicon_from_mapping(ENTRIES))
    return lambda: fa.rates(hits, tokens, by=["outlet"])


def _articles() -> Any:
    import pandas as pd

    headlines = ["Mayor is ‘weak’, says Ann Reed", "Port failed"]
    columns = {"article_id": ["a1", "a2"], "outlet": ["A", "B"], "date": ["2024-03-14", "2024-03-15"]}
    return pd.DataFrame(columns | {"headline": headlines, "body": [BODY, BODY]})


def _rate_dots() -> Any:
    """Return the chart of rates, in whichever module of the package it stands."""
    import analysis as fa

    package = Path(str(fa.__file__)).parent
    (file,) = (path for path in package.rglob("*.py") if "\ndef rate_dots(" in path.read_text(encoding="utf-8"))
    module = ".".join(file.relative_to(package.parent).with_suffix("").parts)
    return importlib.import_module(module).rate_dots


WALKS = {"chart": chart, "hit": hit, "voice": voice, "by": by}

if __name__ == "__main__":
    sys.exit(main())
