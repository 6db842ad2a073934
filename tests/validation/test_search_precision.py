"""The share of the articles of a search that belong to the subject, counted by hand."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES

FEW = fa.Resampling(n_draws=200)
# Articles of one, four and two sentences; the first is of North, the others are of South.
BODIES = ["Rates rise.", "A pact. A treaty. A deal. Cake is had.", "Cake. More cake."]


@pytest.fixture(scope="module")
def tokens():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["North", "South", "South"], "body": BODIES})
    return fa.tokenize(fa.read(articles, boilerplate="keep"))


def judged(*units, **attrs):
    """Return codings of units: article, answers of coders A, B, …, and the probability of the unit."""
    rows = [
        {
            "coder": "ABC"[place], "item": f"u{number}", "unit_id": f"u{number}", "variable": "relevant", "value": value, "about": "unit",
            "article_id": article, "field": "body", "start": number, "end": number + 1, "unit_start": number, "unit_end": number + 1,
            "stratum": str(probability), "probability": probability,
        }
        for number, (article, answers, probability) in enumerate(units)
        for place, value in enumerate(answers.split())
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs = attrs
    return table


def precision(codings, tokens, **options):
    return TABLES["SEARCH_PRECISION"].check(fa.validate.search_precision(codings, tokens, resampling=FEW, **options))


def test_articles_count_alike_however_many_sentences_they_have(tokens):
    # By hand: all sentences are judged; b is relevant, by its four sentences, which are a third of the articles and 4 of 7 sentences.
    units = [("a", "no", 1.0), *[("b", "yes", 1.0)] * 4, *[("c", "no", 1.0)] * 2]
    found = precision(judged(*units), tokens).iloc[0]
    assert found["precision"] == pytest.approx(1 / 3, rel=1e-12)
    assert found[["n_units", "n_articles", "n_relevant", "n_undecided"]].tolist() == [7, 3, 4, 0]


def test_a_unit_weighs_by_its_probability(tokens):
    # By hand: a weighs 1 / (0.5 · 1) = 2, one sentence of b 1 / (0.1 · 4) = 2.5, of c 1 / (0.25 · 2) = 2; 2.5 of 6.5.
    units = [("a", "no", 0.5), ("b", "Yes", 0.1), ("c", "no", 0.25)]
    assert precision(judged(*units), tokens)["precision"].iloc[0] == pytest.approx(2.5 / 6.5, rel=1e-12)


def test_whole_articles_weigh_by_their_probability_alone(tokens):
    units = judged(("a", "no", 0.5), ("b", "yes", 0.25), ("c", "no", 0.25))
    whole = units.assign(field="", unit_start=0, unit_end=0, start=0, end=0)
    # By hand: 4 of 2 + 4 + 4.
    found = precision(whole, tokens)
    assert found["precision"].iloc[0] == pytest.approx(0.4, rel=1e-12)
    assert found.attrs["sample_unit"] == "article"
    assert found["reason"].iloc[0] == "no interval: too few articles"


def test_by_outlet_and_what_coders_are_split_on_is_left_out(tokens):
    units = [("a", "yes no", 1.0), ("b", "yes yes no", 1.0), ("c", "no no", 1.0)]
    found = precision(judged(*units), tokens, by="outlet").set_index("outlet")
    assert found["n_undecided"].tolist() == [1, 0]
    assert found.loc["South", "precision"] == pytest.approx(1 / 3, rel=1e-12)  # by hand: 1 / 4 of 1 / 4 + 1 / 2
    assert found.loc["North", "reason"] == "no unit was judged"


def test_alike_and_independent_it_is_wilson():
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(263)], "body": "Rates rise."})
    tokens = fa.tokenize(fa.read(articles, boilerplate="keep", duplicates="keep"))
    codings = judged(*((f"a{n}", "yes" if n < 81 else "no", 0.5) for n in range(263)))
    found = precision(codings, tokens).iloc[0]
    # Newcombe (1998), table I: 81 of 263 has 0.2553 to 0.3662.
    assert found[["precision_low", "precision_high"]].tolist() == pytest.approx([0.2553, 0.3662], abs=5e-5)


def test_the_search_that_the_codebook_names_goes_along(tokens):
    attrs = {"search_string": "pact OR treaty", "sample_seed": 1}
    found = precision(judged(("a", "no", 1.0), **attrs), tokens)
    assert found.attrs["search_string"] == "pact OR treaty"
    assert found.attrs["corpus_hash"] == tokens.corpus_hash


def test_a_coding_without_a_kind_is_of_a_person_and_an_unknown_kind_is_refused(tokens):
    units = judged(("a", "no", 1.0), ("b", "yes", 1.0))
    assert precision(units.assign(kind=[None, "person"]), tokens)["n_units"].iloc[0] == 2
    with pytest.raises(fa.SchemaError, match="found 'robot'; known are person, model, adjudicated"):
        precision(units.assign(kind="robot"), tokens)


def test_other_codes_and_codings_are_refused(tokens):
    with pytest.raises(fa.SchemaError, match="'relevant' has the code 'perhaps'; known are yes, no"):
        precision(judged(("a", "perhaps", 1.0)), tokens)
    with pytest.raises(fa.SchemaError, match="no variable measures 'relevant'"):
        precision(judged(("a", "no", 1.0)).assign(variable="tone"), tokens)
    with pytest.raises(fa.SchemaError, match="article 'z' is not in the corpus"):
        precision(judged(("z", "no", 1.0)), tokens)
    with pytest.raises(fa.SchemaError, match="no person coded 'relevant'"):
        precision(judged(("a", "no", 1.0)).assign(kind="model"), tokens)
