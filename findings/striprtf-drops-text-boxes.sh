#!/usr/bin/env bash
# striprtf 0.0.35: the text of a text box (`{\shp … {\shptxt …}}`, how Word writes any box in RTF) is left out without a word, while
# the text around it is kept. Press archives and newsrooms put pull quotes, and some exports the article itself, in such boxes.
#
# Output seen:
#   'Before the box.\nAfter the box.'
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check striprtf==0.0.35

cat >"$folder/show.py" <<'PYTHON'
from striprtf.striprtf import rtf_to_text

BOX = r"{\shp{\*\shpinst\shpleft0\shptop0\shpright3000\shpbottom900{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard Inside the box.\par}}}"
print(repr(rtf_to_text(r"{\rtf1\ansi Before the box.\par " + BOX + r"After the box.\par}").strip()))
PYTHON

echo "'Before the box.\\nAfter the box.'" >"$folder/expected"
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
