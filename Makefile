# The two main commands: `make figures` and `make test`. Needed: make, and Python 3.11 or newer with venv.

# Default: the first of these that is new enough; `make PYTHON=/path/to/python3 …` uses that one only.
PYTHON ?= python3
ifeq ($(origin PYTHON),file)
PYTHONS := $(PYTHON) python3.14 python3.13 python3.12 python3.11
else
PYTHONS := $(PYTHON)
endif

UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready

# MPLBACKEND=Agg would keep the notebooks' charts from showing; without bytecode each process compiles pandas anew, which takes seconds;
# the others would lead away from .venv.
unexport MPLBACKEND PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DELETE_ON_ERROR:
.PHONY: help setup figures test fast warm notebooks lab docs check quality reliability bench release clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: warm  ## set up the environment in .venv, and compile what is compiled once

$(READY): pyproject.toml requirements.lock
	@rm -f $@
	@for python in $(PYTHONS); do \
	    if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "Python 3.11 or newer with its venv module is needed; tried: $(PYTHONS)." >&2; \
	    echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3 setup" >&2; \
	    exit 1; \
	fi; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$$found" -m venv --clear .venv
	@echo "Setting up .venv ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/python -m uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

figures: $(READY)  ## draw the figures that are out of date
	$(BIN)/framing figures

test: warm  ## run every test and compare every notebook's outputs
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

fast: warm  ## run the tests that are not marked slow (no notebook, browser, command or collection), for daily work
	$(BIN)/python -m pytest tests -m "not slow" -n auto --maxprocesses 4 --dist loadfile --hypothesis-profile=fast

warm: $(READY)  ## compile once what all processes then read from the cache
	@$(BIN)/framing warm

notebooks: $(READY)  ## run the notebooks and store their outputs
	$(BIN)/python tools/render_notebooks.py

# Further options: make lab LAB="--no-browser --ServerApp.base_url=/mine/"
lab: $(READY)  ## open the first notebook in JupyterLab
	JUPYTER_CONFIG_PATH=tools/jupyter $(BIN)/jupyter lab notebooks/00-start.ipynb $(LAB)

docs: $(READY)  ## build the documentation into site/; open site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

check: $(READY)  ## style, types, direction of imports, spelling
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy --strict analysis
	$(BIN)/lint-imports
	$(BIN)/framing figures --check
	$(BIN)/codespell README.md CHANGELOG.md CITATION.cff analysis

quality: $(READY)  ## measure voices, targets and negation on the development data, against their floors; run the case study
	$(BIN)/python -m quality
	FRAMING_CASE_STUDY=1 $(BIN)/python -m pytest notebooks/case-study

reliability: warm  ## try broken, huge and hostile input, full disks and killed processes, against floors; write docs/reliability.md
	$(BIN)/python -m reliability --write

bench: $(READY)  ## measure time and memory, and write benchmarks/results.md
	$(BIN)/python benchmarks/results.py

release: $(READY)  ## build the wheel into dist/ and try it in clean environments, with an old and a new pip
	$(BIN)/python tools/release.py

clean:  ## remove .venv, caches and build products
	rm -rf .venv build dist site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
