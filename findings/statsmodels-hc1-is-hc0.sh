#!/usr/bin/env bash
# statsmodels 0.15.0: `cov_type="HC1"` of GLM, Poisson and NegativeBinomial gives the standard errors of HC0, to the last digit
# and without a warning. HC1 is HC0 times sqrt(n / (n - k)) (MacKinnon and White 1985); OLS has the factor, the others do not.
# In a media study with some dozen articles and a few terms the interval is then too short: here by a factor of sqrt(12 / 10).
#
# Output seen:
#   OLS               HC1 / HC0 = 1.095445
#   GLM Poisson       HC1 / HC0 = 1.000000
#   Poisson           HC1 / HC0 = 1.000000
#   NegativeBinomial  HC1 / HC0 = 1.000000
#   sqrt(n / (n - k)) = 1.095445
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1

cat >"$folder/show.py" <<'PYTHON'
import warnings

import numpy as np
import statsmodels.api as sm

warnings.simplefilter("ignore")
hits = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
design = sm.add_constant(np.tile([0.0, 1.0], 6))
models = {
    "OLS": lambda: sm.OLS(hits, design),
    "GLM Poisson": lambda: sm.GLM(hits, design, family=sm.families.Poisson()),
    "Poisson": lambda: sm.Poisson(hits, design),
    "NegativeBinomial": lambda: sm.NegativeBinomial(hits, design),
}
for name, model in models.items():
    quiet = {} if name in ("OLS", "GLM Poisson") else {"disp": False}
    errors = {kind: model().fit(cov_type=kind, **quiet).bse[1] for kind in ("HC0", "HC1")}
    print(f"{name:<17} HC1 / HC0 = {errors['HC1'] / errors['HC0']:.6f}")
print(f"sqrt(n / (n - k)) = {np.sqrt(12 / 10):.6f}")
PYTHON

cat >"$folder/expected" <<'TEXT'
OLS               HC1 / HC0 = 1.095445
GLM Poisson       HC1 / HC0 = 1.000000
Poisson           HC1 / HC0 = 1.000000
NegativeBinomial  HC1 / HC0 = 1.000000
sqrt(n / (n - k)) = 1.095445
TEXT

"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
