"""Compiling is said once for each part of the package, whichever function is first, and only where no cache holds the code."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from numba import njit
from numba.core.dispatcher import Dispatcher

from analysis.commands.warm import warm
from analysis.tokens.compiling import compiled

PACKAGE = Path(__file__).resolve().parents[2] / "analysis"

# Two functions of one part, one of another, and one of the user's own; then the same two anew, read from the cache.
CALLS = """
import sys
sys.stderr.isatty = lambda: True
from analysis.tokens.compiling import compiled
from numba import njit

def one(x):
    return x + 1

def made(module):
    name = {"__name__": module, "compiled": compiled}
    exec(compile("def one(x): return x + 1", __file__, "exec"), name)
    return name["one"]

for module in ("analysis.hits.names", "analysis.hits.find", "analysis.learning.vectors", "other.hits"):
    function = njit(made(module))
    function(1), function(2)
"""


def said(tmp_path, code):
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    ran = subprocess.run([sys.executable, script], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    return [line.partition(":")[0] for line in ran.stderr.splitlines() if line.startswith("compiling")]


def test_each_part_is_announced_once_and_other_packages_are_not(tmp_path):
    assert said(tmp_path, CALLS) == ["compiling analysis.hits", "compiling analysis.learning"]


def test_nothing_is_said_where_no_terminal_reads_it(tmp_path):
    assert said(tmp_path, CALLS.replace("True", "False")) == []


def test_a_real_kernel_is_announced_without_a_cache_and_not_with_it(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    code = """
import sys
import numpy as np
sys.stderr.isatty = lambda: True
from analysis.tokens.offsets import _count
nothing = np.zeros(0, np.int64)
_count((np.zeros(1, np.uint8),) * 3, np.zeros((3, 2), np.int64), nothing, nothing, nothing, nothing, nothing)
"""
    assert said(tmp_path, code) == ["compiling analysis.tokens"]
    assert said(tmp_path, code) == []


def test_functions_are_compiled_in_one_way():
    for path in PACKAGE.rglob("*.py"):
        imports = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
        ]
        names = {alias.name for node in imports if node.module == "numba" for alias in node.names}
        assert "njit" not in names or path.name == "compiling.py", path


def dispatchers():
    """Return every compiled function of the package, by its name."""
    modules = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in PACKAGE.rglob("*.py")
        if "analysis.tokens.compiling" in path.read_text(encoding="utf-8")
    }
    found = {}
    for module in sorted(modules):
        for name, value in vars(import_module(module)).items():
            if isinstance(value, Dispatcher) and value.py_func.__module__ == module:
                found[f"{module}.{name}"] = value
    return found


@pytest.fixture(scope="module")
def warmed():
    """Every compiled function after `framing warm`, which calls those that Python calls."""
    assert warm(None) == 0
    return dispatchers()


def signatures(dispatcher):
    """Return the signatures that are in the cache; a function that only compiled code calls has none in a process that reads them from there."""
    return [key[0] for key in dispatcher._cache._cache_file._load_index()]


SEVERAL = {
    # Places of articles are 32 bits wide where many are kept.
    "analysis.reading.compared.words_of": 2,
    "analysis.reading.likeness._headline": 2,
    "analysis.reading.minhash.shingles_of": 2,
}


def test_no_function_is_compiled_twice_by_accident(warmed):
    # A second signature comes from a start value such as 0, an array that is read-only here and not there, a column of another width.
    several = {name: signatures(one) for name, one in warmed.items() if len(signatures(one)) > SEVERAL.get(name, 1)}
    assert several == {}


def test_a_function_whose_references_are_not_counted_returns_no_array(warmed):
    # It would hand on an array that it does not own, and whoever gets it would free it.
    uncounted = {name: one for name, one in warmed.items() if one.targetoptions.get("_nrt") is False}
    assert len(uncounted) > 100
    for name, one in uncounted.items():
        assert not any("array" in str(of_one.signature.return_type) for of_one in one.overloads.values()), name


def test_a_function_that_allocates_is_refused_where_references_are_not_counted():
    @compiled
    def allocates(n):
        return np.empty(n).sum()

    with pytest.raises(Exception, match=r"(?i)nrt|returning of array"):
        allocates(3)


def test_references_are_not_counted_by_what_python_calls(warmed):
    # What allocates counts; of all else numba left the counting out, in the function and in what it calls.
    hot = [
        "tokens.kernel.encode_fields", "tokens.sentences._starts", "matching.matching._walk", "english.passages._walk",
        "english.turning.mark", "english.linking.link", "english.speakers._resolve", "english.quotations._pair", "english.marks._read_fields",
    ]  # fmt: skip
    for name in hot:
        assert warmed[f"analysis.{name}"].targetoptions["_nrt"] is False


def test_the_assembly_of_the_hot_loops_calls_no_function_that_counts_references(warmed):
    # Compiled anew without the cache, which keeps no assembly; what they call comes from there.
    for name in ("tokens.kernel.encode_fields", "matching.matching._walk", "english.passages._walk"):
        function = warmed[f"analysis.{name}"]
        anew = njit(nogil=True, _nrt=False, no_cfunc_wrapper=True)(function.py_func)
        anew.compile(function.signatures[0])
        (assembly,) = anew.inspect_asm().values()
        assert len(assembly) > 10_000
        assert "NRT_incref" not in assembly and "NRT_decref" not in assembly, name
