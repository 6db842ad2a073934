#!/usr/bin/env bash
# jsonschema 4.26.0 beside rfc3987-syntax 1.1.0 (and lark 1.3.1): `import jsonschema` alone builds 39 Lark parsers, one for each term of
# RFC 3987, because jsonschema imports the package where it finds it and the package compiles every grammar as it is imported. No schema
# has asked for the formats `iri` or `iri-reference` yet. jupyter-events asks for `jsonschema[format-nongpl]`, which brings it, so every
# environment with JupyterLab pays: about three CPU seconds in each process that imports nbformat, nbclient or jupyter_server, against
# 0.3 without the package.
#
# Output seen:
#   parsers built by `import jsonschema` with rfc3987-syntax: 39
#   parsers built by `import jsonschema` without it: 0
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 rfc3987-syntax==1.1.0 lark==1.3.1

cat >"$folder/show.py" <<'PYTHON'
import sys

import lark

built = []
make = lark.Lark.__init__


def counting(self, *args, **options):
    built.append(self)
    make(self, *args, **options)


lark.Lark.__init__ = counting
if sys.argv[1] == "without it":
    sys.modules["rfc3987_syntax"] = None  # as where it is not installed: the import fails, and jsonschema goes on
import jsonschema  # noqa: E402, F401

print(f"parsers built by `import jsonschema` {sys.argv[1]}: {len(built)}")
PYTHON

cat >"$folder/expected" <<'TEXT'
parsers built by `import jsonschema` with rfc3987-syntax: 39
parsers built by `import jsonschema` without it: 0
TEXT

for how in "with rfc3987-syntax" "without it"; do "$folder/venv/bin/python" "$folder/show.py" "$how"; done | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
