"""Categories and targets as readers see them: the lexicon's labels in a language, else names with spaces; outlets and texts as typed."""

import pandas as pd
import pytest

import analysis as fa
from analysis.charts.captions import caption_of
from analysis.charts.labels import texts_of
from analysis.charts.names import with_names

LEXICON = """\
name: small
version: "1"
language: en
categories:
  tax_cut:
    label: {de: Steuersenkung, en: tax cuts}
    short_label: taxes
    entries: [cut]
  rule_of_law:
    entries: [court]
"""
TARGETS = """\
name: people
version: "1"
language: en
categories:
  lady_hurd: {label: Lady Hurd, entries: [hurd]}
  the_courts: [judges]
"""


@pytest.fixture
def measured(tmp_path):
    """Return hits and tokens of six articles of two outlets."""
    for name, text in (("small", LEXICON), ("people", TARGETS)):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    bodies = ["Hurd will cut. The court sits. The judges met.", "The court sits. Hurd will cut."] * 5
    table = pd.DataFrame({"body": bodies, "outlet": ["the_mail", "Post"] * 5, "date": ["2026-03-01"] * 10})
    tokens = fa.tokenize(fa.read(table))
    lexicon, targets = (fa.read_lexicon(tmp_path / f"{name}.yml") for name in ("small", "people"))
    return fa.find_hits(tokens, lexicon, targets=targets), tokens


def drawn(figure):
    return {line for text in texts_of(figure) for line in text.get_text().split("\n")}


def test_labels_travel_from_the_file_to_the_chart_and_names_stay_in_the_table(measured):
    hits, tokens = measured
    table = fa.rates(hits, tokens, by=["outlet", "category"])
    figure = fa.charts.rate_dots(table, row="outlet", panel="category")
    assert {"tax cuts", "rule of law", "the_mail (n = 5)"} <= drawn(figure)
    assert set(table["category"].astype("str")) == {"tax_cut", "rule_of_law"}
    assert "Categories: rule of law and tax cuts." in caption_of(figure, table, "rates").text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("de",), "Steuersenkung"),
        (("en",), "tax cuts"),
        (("fr",), "tax cuts"),  # the lexicon's own language, though the file gives German first
        (("fr", "de"), "Steuersenkung"),
    ],
)
def test_the_block_says_the_language(measured, options, expected):
    hits, tokens = measured
    table = fa.rates(hits, tokens, by=["outlet", "category"])
    with fa.charts.number_format(options[0], labels=options[1] if len(options) > 1 else None):
        figure = fa.charts.rate_dots(table, row="outlet", panel="category")
    assert expected in drawn(figure)
    # Saved outside of the block, the caption names what is drawn.
    assert f"Categories: rule of law and {expected}." in caption_of(figure, table, "rates").text


def test_a_narrow_chart_has_short_labels_and_its_caption_the_full_one(measured):
    hits, tokens = measured
    table = fa.rates(hits, tokens, by=["outlet", "category"])
    with fa.charts.figure_size("single"):
        figure = fa.charts.rate_dots(table, row="outlet", panel="category")
    assert {"taxes", "rule of law"} <= drawn(figure)
    assert "Categories: rule of law and tax cuts." in caption_of(figure, table, "rates").text


def test_targets_have_labels_too(measured):
    hits, tokens = measured
    figure = fa.charts.target_chart(fa.rates(hits, tokens, by=["target", "category"]))
    assert any(text.startswith("Lady Hurd (n = ") for text in drawn(figure))


def test_a_report_and_a_printed_table_have_labels(measured, tmp_path):
    hits, tokens = measured
    page = fa.export(fa.rates(hits, tokens, by=["outlet", "category"]), tmp_path / "t.md").read_text(encoding="utf-8")
    assert "tax cuts" in page and "rule of law" in page and "tax_cut" not in page
    assert "the\\_mail" in page  # as typed, in Markdown
    corpus = fa.read(pd.DataFrame({"body": ["Hurd will cut. The court sits."] * 2, "outlet": ["the_mail", "Post"]}))
    made = fa.report(corpus, tmp_path / "small.yml", tmp_path / "r.html", targets=tmp_path / "people.yml")
    html = made.read_text(encoding="utf-8")
    assert "tax cuts" in html and "rule of law" in html and "the_mail" in html and "tax_cut" not in html


def test_two_names_that_would_be_drawn_alike_stay_as_typed():
    table = pd.DataFrame({"category": ["tax_cut", "tax cut", "rule_of_law"], "entry": "a_b", "outlet": "c_d"})
    (named,) = with_names(table)
    assert named["category"].tolist() == ["tax_cut", "tax cut", "rule of law"]
    assert set(named["entry"]) | set(named["outlet"]) == {"a_b", "c_d"}


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_missing_values_and_types_stay(dtype):
    table = pd.DataFrame({"category": pd.Series(["tax_cut", None, "b"], dtype=dtype)})
    (named,) = with_names(table)
    assert named["category"].isna().tolist() == [False, True, False]
    assert named["category"].dtype == dtype or dtype == "category"
    assert table["category"].iat[0] == "tax_cut"  # the table that was given is as it was


def test_parts_of_elements_are_named_one_by_one(measured):
    hits, _ = measured
    table = pd.DataFrame({"element": ["tax_cut · lady_hurd · narrator"], "share": [0.5]})
    table.attrs = hits.attrs
    assert with_names(table)[0]["element"].tolist() == ["tax cuts · Lady Hurd · narrator"]


def test_tables_of_one_lexicon_whose_labels_were_edited_go_together(measured, tmp_path):
    hits, tokens = measured
    (tmp_path / "small.yml").write_text(LEXICON.replace("tax cuts", "lower taxes"), encoding="utf-8")
    again = fa.find_hits(tokens, tmp_path / "small.yml", targets=tmp_path / "people.yml")
    assert again.attrs["lexicon_hash"] == hits.attrs["lexicon_hash"]
    assert again.attrs["labels"] != hits.attrs["labels"]
    assert (
        fa.rates(again, tokens, by=["category"]).attrs["labels"]["category"]["tax_cut"]["label"]["en"] == "lower taxes"
    )
