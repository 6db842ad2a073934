"""Compiling is said once for each part of the package, whichever function is first, and only where no cache holds the code."""

import ast
import subprocess
import sys
from pathlib import Path

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
    # english/ is rewritten at this moment; it takes the same way when that is done.
    for path in PACKAGE.rglob("*.py"):
        imports = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
        ]
        names = {alias.name for node in imports if node.module == "numba" for alias in node.names}
        assert not names or path.name == "compiling.py" or path.parent.name == "english", path
