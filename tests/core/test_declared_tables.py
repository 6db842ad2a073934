"""Every public function that returns a table returns one that fits its declaration in core/tables.md."""

import dataclasses
import inspect

import pandas as pd
import pytest
from coded_units import read_in_full
from public_names import call_of, public_names

import analysis as fa
from analysis.core.schema import TABLES
from analysis.reading.description import Description

PAIR = fa.compare.Pair(focus="A", reference="B")
CODED = pd.DataFrame({"label": ["a", "a", "b"], "predicted": ["a", "b", "b"], "probability": [0.9, 0.6, 0.7]})
CORPUS = pd.DataFrame(
    {
        "outlet": list("ABABAB"), "date": ["2025-01-02", "2025-01-03", "2025-02-01", "2025-02-02", "2025-03-01", None],
        "event_id": ["e1", "e1", "e2", "e2", "e3", "e3"], "headline": ["“Weak” Hurd in a crisis"] * 6,
        "body": [f"{'Hurd is weak. ' * n}A crisis, Anna Hurd said. She was not weak in town {n}." for n in range(1, 7)],
    }
)  # fmt: skip
FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "threat": ["crisis"]})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the tables that public calls give, by the name of the schema."""
    corpus = fa.read(CORPUS, boilerplate="keep", duplicates="keep")
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, FRAMES, targets=fa.extend.lexicon_from_mapping({"Hurd": ["hurd"]}))
    described, diverging = fa.describe(corpus), fa.divergence(hits, tokens)
    dominant = fa.compare.dominant_frames(hits, tokens)
    elements = fa.compare.frame_elements(hits, tokens, of=["category", "voice"], min_articles=1, max_share=1)
    effect = fa.compare_lexicons(FRAMES, fa.extend.lexicon_from_mapping({"weakness": ["weak*", "not"]}), tokens)
    trial = fa.extend.try_entry(tokens, "weak*", lexicon=FRAMES, category="weakness")
    finding = fa.compare.Finding(category="weakness", focus="A", reference="B")
    events = tmp_path_factory.mktemp("tables") / "events.csv"
    events.write_text("date,label\n2025-01-05,talks\n", encoding="utf-8")
    vectors = fa.learn.train_vectors(tokens, min_count=1, n_dimensions=3)
    sample = fa.sample(hits, tokens, n=10)
    return {
        "ARTICLES": corpus.articles, "REJECTED": corpus.rejected, "REMOVED": corpus.removed, "FILES": corpus.files,
        "HITS": hits, "VOICES": fa.voices(tokens), "TRACES": fa.trace_quotes(tokens, hits=hits),
        "RATES": fa.rates(hits, tokens, by=["outlet", "voice"]), "DIFFERENCES": fa.differences(hits, tokens, PAIR),
        "PAIRED": fa.compare.paired(hits, tokens, PAIR), "STANDARDISED_RATES": fa.compare.standardised_rates(hits, tokens, strata=["event_id"]),
        "ADJUSTED_RATIOS": fa.compare.adjusted_ratios(hits, tokens, adjust_for=["length"]),
        "KEYNESS": fa.keyness(tokens, focus={"outlet": "A"}), "TFIDF": fa.tfidf(tokens, by="outlet"),
        "TRENDS": fa.trends(hits, tokens), "SMOOTH_TREND": fa.compare.smooth_trend(hits, tokens), "DIVERGENCE": diverging,
        "DIVERGENCE_RATES": fa.compare.divergence_rates(diverging, by=["category"]), "DOMINANT_FRAMES": dominant,
        "DOMINANCE_SHARES": fa.compare.dominance_shares(dominant), "COOCCURRENCE": fa.compare.cooccurrence(hits, tokens),
        "SPECIFICATION_CURVE": fa.compare.specification_curve(
            tokens, finding, fa.compare.Choices(lexicon={"own": FRAMES}), resampling=fa.Resampling(n_draws=100)
        ),
        "NAMES": fa.names(tokens), "CONCORDANCE": fa.concordance(tokens, "weak"), "CHECK_LEXICON": fa.check_lexicon(FRAMES, tokens),
        "HIT_POSITIONS": fa.compare.hit_positions(hits, tokens), "SUGGESTIONS": fa.suggest(tokens, FRAMES, "weakness", vectors=vectors),
        "KEY_TERMS": fa.extend.key_terms(tokens, FRAMES, "weakness"), "DUPLICATES": fa.compare.find_duplicates(corpus.articles),
        "EVENTS": fa.compare.read_events(events), "LABEL_SCORES": fa.learn.label_scores(CODED), "CONFUSION": fa.learn.confusion(CODED),
        "CALIBRATION": fa.learn.calibration(CODED), "ARTICLES_BY_OUTLET": described.by_outlet, "ARTICLES_BY_MONTH": described.by_month,
        "MISSING_VALUES": described.missing, "COPIES": described.duplicates, "EVENTS_BY_OUTLETS": described.events,
        "LANGUAGES": described.languages, "CUTS": described.cuts, "EFFECT_RATES": effect.rates, "EFFECT_ENTRIES": effect.entries,
        "EFFECT_ARTICLES": effect.articles, "EFFECT_LINES": effect.lost, "ARTICLES_WITH_ELEMENTS": elements.articles,
        "ELEMENTS": elements.elements, "TRIAL_TYPES": trial.types, "TRIAL_COUNTS": trial.counts, "TRIAL_LINES": trial.lines,
        "SAMPLE": sample, "ITEM_TEXTS": fa.validate.item_texts(sample, tokens),
        "ACCURACY": fa.accuracy(read_in_full(tokens), hits, tokens=tokens),
    }  # fmt: skip


# What reads from files what another function made and wrote there: the table is declared as that one's.
READ_BACK = {"fa.validate.read_sample"}
# Made by other means, and tried in the tests of their modules.
ELSEWHERE = {
    "MENTIONS", "POLARITIES", "CODINGS", "REJECTED_CODINGS", "FRAME_AXES", "AXIS_WORDS", "DECIDING_WORDS", "DECISIONS", "VARIANTS",
    "VARIABLE_ACCURACY", "ARTICLE_ACCURACY", "DOMINANT_ACCURACY", "DOMINANT_PREDICTIONS", "WORST_ENTRIES", "ACCURACY_EFFECT", "DROPPED_ENTRIES",
    "VALIDITY", "CODINGS_OF_SPANS", "AGREEMENT", "DISAGREEMENTS", "DRIFT", "VARIABLE_CONFUSION", "WRONG_HITS",
    "ELEMENT_CLUSTERS", "CLUSTER_ELEMENTS", "CLUSTERED_ARTICLES", "TYPICAL_ARTICLES", "NUMBERS_OF_CLUSTERS",
    "CORRECTION", "CORRECTED_RATES", "SEARCH_PRECISION",
}  # fmt: skip


@pytest.mark.slow
def test_every_table_fits_its_declaration(made):
    assert set(made) | ELSEWHERE == set(TABLES)
    said = {}
    for name, table in made.items():
        try:
            TABLES[name].check(table)
        except fa.SchemaError as error:
            said[name] = str(error)
    assert said == {}


def test_every_public_function_that_returns_a_table_has_a_declaration():
    calls = {schema.made_by for schema in TABLES.values()}
    returning = [
        call_of(name)
        for name, one in public_names().items()
        if inspect.isfunction(one) and inspect.signature(one).return_annotation is pd.DataFrame
    ]
    assert [name for name in returning if name not in calls | READ_BACK] == []


def test_every_table_of_a_description_has_a_declaration():
    calls = {schema.made_by for schema in TABLES.values()}
    assert [f.name for f in dataclasses.fields(Description) if f"fa.describe(corpus).{f.name}" not in calls] == []


def test_a_table_without_a_row_has_the_types_of_its_columns():
    for schema in TABLES.values():
        assert list(schema.check(schema.empty()).columns) == [column.name for column in schema.columns]
