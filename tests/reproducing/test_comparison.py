"""Figures drawn anew against those that are committed: a changed value is found and named, another last bit is none."""

import json

import pytest

from analysis.charts.manifest import MANIFEST
from analysis.reproducing.comparison import figure_differences, svg_difference, table_difference

CSV = "outlet,n,rate_per_1000\nLantern,007,0.12345678\nCourier,12,\nWire,3,2\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>{title}</title>\n'
    '<metadata>{title}</metadata><defs><path id="m0123456789" d="M 0 3"/><path id="m00000{mark}" d="M 0 1"/></defs>\n'
    '<use xlink:href="#m{used}" x="{x}" style="stroke-width: 0.6"/><text x="1">{text}</text>'
    '<image xlink:href="data:image/png;base64,{image}"/></svg>'
)
DRAWN = {"title": "a", "mark": "abcde", "used": "0123456789", "x": 10.5, "text": "0.25", "image": "AA"}
TEXT = "![A chart, 0.2346 (Wire)](a.svg)\n"
FILES = {"a.csv": CSV, "a.svg": SVG.format(**DRAWN), "a.md": TEXT, "a.tex": TEXT, "a.pdf": "one", "a.png": "one"}
ENTRY = {"notebook": "01-a", "caption": "A.", "parameters": {"brier": 0.25}, "code": {"a.py": "1"}, "files": {}}


def written(folder, files, entry=ENTRY):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    figures = {path.split(".")[0]: entry for path in files}
    (folder / MANIFEST).write_text(json.dumps({"figures": figures, "notebooks": {}}), encoding="utf-8")
    return folder


def differences(tmp_path, files, entry=ENTRY, notebooks=("01-a",)):
    committed, drawn = written(tmp_path / "committed", FILES), written(tmp_path / "drawn", files, entry)
    return figure_differences(committed, drawn, notebooks=notebooks)


def test_other_bytes_of_the_same_values_are_no_difference(tmp_path):
    # The last of eight digits; a hundredth of a point less than a little; pictures, metadata, ids and code of this run.
    same = {
        "a.csv": CSV.replace("0.12345678", "0.12345679").replace(",2\n", ",2.0000001\n"),
        "a.svg": SVG.format(**DRAWN | {"title": "b", "mark": "fffff", "x": 10.509, "image": "BB"}),
        "a.pdf": "two",
        "a.png": "two",
    }
    assert differences(tmp_path, FILES | same, ENTRY | {"code": {"a.py": "2"}, "files": {"csv": "0"}}) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0.12345678", "0.12355678", "row 1, column rate_per_1000: 0.12345678 was committed, 0.12355678 drawn now"),
        (",12,\n", ",12,0.5\n", "row 2, column rate_per_1000: nothing was committed, 0.5 drawn now"),
        (",12,\n", ",13,\n", "row 2, column n: 12 was committed, 13 drawn now"),
        ("007", "7", "row 1, column n: 007 was committed, 7 drawn now"),  # names are texts
        ("Wire,3,2\n", "", "3 rows were committed, 2 drawn now"),
        ("outlet,n", "outlet,m", "columns outlet, n, rate_per_1000 were committed, outlet, m, rate_per_1000 drawn now"),
        (
            "Courier,12",
            "Currier,13",
            "row 2, column outlet: Courier was committed, Currier drawn now; and 1 more cells",
        ),
    ],
)
def test_a_changed_cell_is_named(tmp_path, old, new, said):
    assert table_difference(CSV, CSV.replace(old, new)) == said
    assert differences(tmp_path, FILES | {"a.csv": CSV.replace(old, new)}) == [f"a.csv, {said}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"x": 10.52}, "line 3, use x: '10.5' was committed, '10.52' drawn now"),
        ({"text": "0.26"}, "line 3, text text: '0.25' was committed, '0.26' drawn now"),
        # Another mark of those that the drawing has.
        ({"used": "00000abcde"}, "line 3, use href: '#m0' was committed, '#m1' drawn now"),
        ({"text": "0.25</text><text>"}, "{n} elements were committed, {more} drawn now"),
    ],
)
def test_a_changed_element_is_named(change, said):
    found = svg_difference(SVG.format(**DRAWN), SVG.format(**DRAWN | change))
    assert found == said.format(n=7, more=8)


def test_a_changed_style_is_a_difference():
    drawn = SVG.format(**DRAWN)
    assert svg_difference(drawn, drawn.replace("0.6", "0.601")).startswith("line 3, use style: 'stroke-width: 0.6'")


@pytest.mark.parametrize("name", ["a.md", "a.tex"])
def test_a_changed_caption_is_named(tmp_path, name):
    assert differences(tmp_path, FILES | {name: TEXT.replace("0.2346", "0.2347")}) == [
        f"{name}, line 1: '![A chart, 0.2346 (Wire)](a.svg)' was committed, '![A chart, 0.2347 (Wire)](a.svg)' drawn now"
    ]


def test_what_the_manifest_says_of_choices_is_compared(tmp_path):
    found = differences(tmp_path, FILES, ENTRY | {"parameters": {"brier": 0.26}})
    assert len(found) == 1
    assert found[0].startswith("manifest.json, a, line")
    assert found[0].endswith("""'"brier": 0.25' was committed, '"brier": 0.26' drawn now""")


def test_a_missing_and_a_new_figure_and_file_are_named(tmp_path):
    fewer = {name: text for name, text in FILES.items() if name != "a.pdf"}
    assert differences(tmp_path, fewer | {"b.csv": CSV}) == [
        "a.pdf: committed, but not drawn now",
        "b: drawn now, but not among the committed figures",
    ]


def test_only_the_figures_of_notebooks_that_were_run_are_missed(tmp_path):
    committed, drawn = written(tmp_path / "committed", FILES), tmp_path / "drawn"
    drawn.mkdir()
    assert figure_differences(committed, drawn, notebooks=["02-b"]) == []
    assert figure_differences(committed, drawn, notebooks=["01-a"]) == ["a: committed, but 01-a draws it no more"]
