#!/usr/bin/env bash
# numba 0.68.1: wherever the package coverage is installed, `import numba` imports it, with its tracer, though nobody measures
# coverage; nbval brings coverage into an environment. Without coverage installed nothing is missing.
#
# Output seen:
#   without coverage installed: 0 modules of coverage
#   with coverage installed: more than 20 modules of coverage
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6

cat >"$folder/show.py" <<'PYTHON'
import sys

import numba

assert numba.njit(lambda n: n + 1)(1) == 2
n = sum(name.partition(".")[0] == "coverage" for name in sys.modules)
print(f"{'more than 20' if n > 20 else n} modules of coverage")
PYTHON

{
    printf 'without coverage installed: '
    "$folder/venv/bin/python" "$folder/show.py"
    "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check coverage==7.17.3
    printf 'with coverage installed: '
    "$folder/venv/bin/python" "$folder/show.py"
} | tee "$folder/seen"
printf '%s\n' "without coverage installed: 0 modules of coverage" "with coverage installed: more than 20 modules of coverage" >"$folder/expected"
diff "$folder/expected" "$folder/seen"
