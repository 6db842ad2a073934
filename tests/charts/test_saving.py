"""The writer of figures/: the same bytes twice, whole files or none, and each file says where it comes from."""

import hashlib
import json
import os
import subprocess
import sys

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from lxml import etree
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from PIL import Image
from pypdf import PdfReader

import analysis as fa
from analysis.charts import saving
from analysis.charts.style import style

SUFFIXES = ("csv", "md", "pdf", "png", "svg", "tex")
TABLE = pd.DataFrame({"outlet": ["Blick, A", "Wächter"], "rate_per_1000": [1.5, 0.25]})


@pytest.fixture
def figure():
    with style():
        figure, axes = plt.subplots()
        axes.barh(TABLE["outlet"], TABLE["rate_per_1000"])
    yield figure
    plt.close(figure)


def test_saved_twice_the_bytes_are_the_same(figure, tmp_path):
    for folder in ("one", "two"):
        assert fa.save_figure(figure, TABLE, "rate-by_outlet", folder=tmp_path / folder) is figure
    names = [f"rate-by_outlet.{suffix}" for suffix in SUFFIXES]
    others = [".manifest.json.lock", "manifest.json"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted([*others, *names])
    for name in [*names, "manifest.json"]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_figure_made_outside_the_style_is_saved_alike_twice(tmp_path):
    # Documented: the same figure gives the same bytes; saving must not change its layout.
    figure, axes = plt.subplots()
    axes.barh(TABLE["outlet"], TABLE["rate_per_1000"])
    try:
        for folder in ("one", "two"):
            fa.save_figure(figure, TABLE, "rates", folder=tmp_path / folder)
    finally:
        plt.close(figure)
    assert (tmp_path / "one/rates.svg").read_bytes() == (tmp_path / "two/rates.svg").read_bytes()


def test_the_table_is_beside_the_figure(figure, tmp_path):
    fa.save_figure(figure, TABLE, "rates", folder=tmp_path)
    # By hand from TABLE: commas quoted, UTF-8, no index, line feeds.
    expected = 'outlet,rate_per_1000\n"Blick, A",1.5\nWächter,0.25\n'
    assert (tmp_path / "rates.csv").read_bytes() == expected.encode("utf-8")


@pytest.mark.parametrize("name", ["sub/rates", "../rates", "rates.svg", "two words", ""])
def test_a_name_that_is_a_path_is_refused(figure, tmp_path, name):
    with pytest.raises(fa.FramingError) as caught:
        fa.save_figure(figure, TABLE, name, folder=tmp_path / "new")
    assert str(caught.value) == (
        f"figure name {name!r}: only letters, digits, '-' and '_' are allowed; give the folder as folder=…"
    )
    assert not (tmp_path / "new").exists()  # refused before anything is written


def test_a_failure_leaves_the_old_file_and_no_other(figure, tmp_path, monkeypatch):
    (tmp_path / "rates.svg").write_bytes(b"old")

    def fails(canvas, file, **_):
        file.write(b"half a file")
        raise OSError("disk full")

    monkeypatch.setattr(FigureCanvasPdf, "print_pdf", fails)  # between two other formats
    with pytest.raises(OSError, match=r"^disk full$"):
        fa.save_figure(figure, TABLE, "rates", folder=tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("rates.svg", b"old")]


ATTRS = {
    "corpus_hash": "c0",
    "lexicon": "mine",
    "lexicon_version": "2",
    "lexicon_hash": "e1",
    "interval": "95% of 7 draws",
    "n": 3,
}


@pytest.fixture
def saved(figure, tmp_path):
    table = TABLE.copy()
    table.attrs = dict(ATTRS)
    fa.save_figure(figure, table, "rates", folder=tmp_path, caption="Rates of $x_1$ & <b>y</b>", notebook="02-rates")
    return tmp_path


def test_each_picture_names_corpus_lexicon_choices_and_notebook_and_no_code(saved):
    svg = etree.parse(saved / "rates.svg").getroot()
    source = svg.findtext(".//{http://purl.org/dc/elements/1.1/}source")
    pdf = PdfReader(saved / "rates.pdf").metadata
    with Image.open(saved / "rates.png") as image:
        png = image.info
    assert source == pdf["/Keywords"] == png["Source"]
    assert json.loads(source) == {
        **{name: ATTRS[name] for name in ("corpus_hash", "lexicon", "lexicon_version", "lexicon_hash")},
        "notebook": "02-rates",
        "parameters": {"interval": "95% of 7 draws", "n": 3},
    }
    words = "Rates of $x_1$ & <b>y</b>. Outlets: Blick, A and Wächter. Intervals: 95% of 7 draws. Lexicon: mine 2 (e1). Corpus: c0."
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == pdf.title == png["Title"] == words
    assert pdf.subject == png["Description"] == svg.findtext(".//{http://purl.org/dc/elements/1.1/}description")


def test_the_manifest_holds_the_words_the_code_and_a_hash_of_each_file(saved):
    manifest = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["figures"]["rates"]
    assert entry["files"] == {
        suffix: hashlib.sha256((saved / f"rates.{suffix}").read_bytes()).hexdigest() for suffix in SUFFIXES
    }
    assert entry["caption"].startswith("Rates of $x_1$")
    assert entry["code"].keys() >= {"charts/saving.py", "charts/style.py"}  # both are loaded here
    assert entry["notebook"] == "02-rates"


def test_a_figure_that_looks_the_same_after_a_change_of_code_changes_the_manifest_only(saved, figure, monkeypatch):
    table = TABLE.copy()
    table.attrs = dict(ATTRS)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in saved.iterdir()}
    monkeypatch.setattr(saving, "loaded_code", lambda: {"charts/style.py": "another hash"})
    fa.save_figure(figure, table, "rates", folder=saved, caption="Rates of $x_1$ & <b>y</b>", notebook="02-rates")
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in saved.iterdir()}
    assert [name for name, state in after.items() if state != before[name]] == ["manifest.json"]


def test_a_second_figure_leaves_the_first_in_the_manifest(saved, figure):
    fa.save_figure(figure, TABLE, "others", folder=saved)
    assert set(json.loads((saved / "manifest.json").read_text(encoding="utf-8"))["figures"]) == {"rates", "others"}


def test_a_broken_manifest_is_named_and_kept(figure, tmp_path):
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(fa.FramingError) as caught:
        fa.save_figure(figure, TABLE, "rates", folder=tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'manifest.json'}: a manifest has the keys 'figures' and 'notebooks'; "
        "delete it and run `framing figures`, which writes it anew"
    )
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == "[]"


def test_pdf_fonts_are_embedded_and_svg_text_is_text(saved):
    page = PdfReader(saved / "rates.pdf").pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descendants = font.get("/DescendantFonts", [font])
        assert all("/FontFile2" in one.get_object()["/FontDescriptor"].get_object() for one in descendants)
    texts = [element.text for element in etree.parse(saved / "rates.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert {"Blick, A", "Wächter"} <= set(texts)


SCRIPT = """
import sys
import pandas as pd
import analysis as fa
from analysis import charts

texts = [f"weak {word} " * 40 for word in ("plan", "vote", "deal", "team", "bank", "road")]
articles = {"article_id": list("abcdef"), "outlet": list("ABABAB"), "date": ["2025-01-31"] * 6, "body": texts}
tokens = fa.tokenize(fa.read(pd.DataFrame(articles), boilerplate="keep"))
hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"], "deals": ["deal*"]}, name="mine"))
table = fa.rates(hits, tokens, by=["outlet", "category"], min_articles=3)
fa.save_figure(charts.rate_dots(table, row="outlet", panel="category"), table, "rates", folder=sys.argv[1])
"""


def test_time_zone_locale_threads_and_hash_seed_do_not_change_a_byte(tmp_path):
    settings = {
        "one": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "NUMBA_NUM_THREADS": "1", "PYTHONHASHSEED": "1"},
        "two": {"TZ": "Asia/Kolkata", "LC_ALL": "de_DE.UTF-8", "NUMBA_NUM_THREADS": "2", "PYTHONHASHSEED": "2"},
    }
    running = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / name)], env=os.environ | setting)
        for name, setting in settings.items()
    ]
    assert [process.wait() for process in running] == [0, 0]
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == len(SUFFIXES) + 2  # with the manifest and its lock
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_an_empty_figure_is_refused_with_the_reasons_of_its_table(tmp_path, encode):
    tokens = encode(body=["Hurd is weak.", "Hurd is calm."] * 2, outlet=["a", "b"] * 2)
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    table = fa.rates(hits, tokens, by=["outlet", "category"], min_articles=2)
    figure = fa.charts.rate_dots(table, row="outlet", panel="category")
    fa.save_figure(figure, table, "drawn", folder=tmp_path / "drawn")
    unknown = table.assign(rate_per_1000=float("nan"), reason="no words")
    for empty, reason in (
        (unknown, "no words"),
        (fa.rates(hits, tokens, by=["outlet", "category"]), "too few: 2 of at least 5 articles: no interval"),
    ):
        with pytest.raises(fa.UnanswerableError) as caught:
            fa.save_figure(figure, empty, "none", folder=tmp_path / "empty")
        assert str(caught.value) == f"figure none would be empty: no rate_per_1000 can be shown ({reason})"
    assert not (tmp_path / "empty").exists()
