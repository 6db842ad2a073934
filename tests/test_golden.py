"""The same tokens, hits and tables whatever the locale, time zone, hash seed, number of threads and, for NumPy and BLAS, processor.

What is expected stands in golden.json, written once in the locked environment. Other orders of the articles are tested in test_order.py, other
numbers of threads in test_segmentation.py. Other versions of Python and of the dependencies, and numba's code for older processors, which takes
minutes to compile, are tried by hand: CONTRIBUTING.md says how.
"""

import os
import subprocess
import sys

import golden
import pandas as pd
import pytest

# Names of processors and features that the library does not know are no error, so that this runs on every machine.
OLD_PROCESSOR = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX2 FMA3 F16C AVX",
}
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
# Two processes for all of it, since each takes seconds to start.
VARIATIONS = [
    (["--quick"], {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "OMP_NUM_THREADS": "1", **C_LOCALE, **OLD_PROCESSOR}),
    ([], {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8"}),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "settings"), VARIATIONS, ids=["older processor, C locale", "eight threads"])
def test_other_surroundings_give_the_same_hashes(arguments, settings):
    done = subprocess.run(
        [sys.executable, golden.__file__, *arguments],
        env=dict(os.environ) | settings, capture_output=True, timeout=1200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")[-3000:]


def test_a_hash_tells_cells_names_and_digits_apart():
    table = pd.DataFrame({"a": [1.0, None], "b": ["x", "y"]})
    others = [
        table.assign(a=[1.000001, None]),
        table.assign(b=["xy", ""]),
        table.rename(columns={"a": "c"}),
        table.iloc[::-1],
        table.assign(a=[1.0, 0.0]),
    ]
    found = [golden.table_hash(one) for one in (table, *others)]
    assert len(set(found)) == len(found)
    assert golden.table_hash(table.assign(a=[1 + 1e-13, None])) == found[0]  # the last digits of a sum


def test_what_differs_is_named():
    name = "sample: hits"
    assert golden.differences({name: "0"}) == [name]
