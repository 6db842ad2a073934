#!/usr/bin/env bash
# numba 0.68.1: a counter that starts at a plain 0 and goes through another compiled function in a loop makes numba compile that
# function twice: for int64, and for Literal[int](0), which the finished code never calls. The second stays in the function's signatures
# and in the cache on disk. A start value of np.int64(0) avoids it.
#
# Output seen:
#   plain 0: (Literal[int](0),) (int64,)
#   np.int64(0): (int64,)
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6

cat >"$folder/show.py" <<'PYTHON'
import numpy as np
from numba import njit


def signatures_with(start):
    @njit
    def step(n):
        return n + 1

    @njit
    def count(times):
        n = start
        for _ in range(times):
            n = step(n)
        return n

    assert count(3) == 3
    return " ".join(sorted(map(str, step.signatures)))


def plain():
    @njit
    def step(n):
        return n + 1

    @njit
    def count(times):
        n = 0
        for _ in range(times):
            n = step(n)
        return n

    assert count(3) == 3
    return " ".join(sorted(map(str, step.signatures)))


print("plain 0:", plain())
print("np.int64(0):", signatures_with(np.int64(0)))
PYTHON

printf '%s\n' "plain 0: (Literal[int](0),) (int64,)" "np.int64(0): (int64,)" >"$folder/expected"
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
