"""The public border: hits of another corpus, hits that stand twice and hits that were joined are refused, everywhere."""

import inspect

import pandas as pd
import pytest
from coded_units import codings, read_in_full, unit, whole_articles
from public_names import public_names

import analysis as fa
from analysis.core.schema import HITS, MENTIONS
from analysis.lexicons import Category, Entry, Lexicon
from analysis.reports.marked_text import marked_html

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"], "threat": ["crisis"]})
CODINGS = codings(unit("u1", "row-1", "body", (0, 13), [(2, 6, "weakness")], stratum="all", probability=1.0))
PAIR = fa.compare.Pair(focus="x", reference="y")

# Every public function that takes hits and the tokens that they were found in, called.
CALLS = {
    "accuracy": lambda hits, tokens: fa.accuracy(read_in_full(tokens), hits, tokens=tokens),
    "article_accuracy": lambda hits, tokens: fa.validate.article_accuracy(
        whole_articles(tokens), hits, tokens, threshold=1
    ),
    "adjusted_ratios": lambda hits, tokens: fa.compare.adjusted_ratios(hits, tokens, adjust_for=["length"]),
    "concordance": lambda hits, tokens: fa.concordance(tokens, hits),
    "corrected_rates": lambda hits, tokens: fa.corrected_rates(hits, tokens, CODINGS),
    "correction": lambda hits, tokens: fa.validate.correction(CODINGS, hits, tokens),
    "cooccurrence": lambda hits, tokens: fa.compare.cooccurrence(hits, tokens),
    "differences": lambda hits, tokens: fa.differences(hits, tokens, PAIR),
    "divergence": lambda hits, tokens: fa.divergence(hits, tokens),
    "dominant_accuracy": lambda hits, tokens: fa.validate.dominant_accuracy(whole_articles(tokens), hits, tokens),
    "dominant_predictions": lambda hits, tokens: fa.validate.dominant_predictions(whole_articles(tokens), hits, tokens),
    "dominant_frames": lambda hits, tokens: fa.compare.dominant_frames(hits, tokens),
    "frame_elements": lambda hits, tokens: fa.compare.frame_elements(hits, tokens, of=["category", "voice"]),
    "hit_positions": lambda hits, tokens: fa.compare.hit_positions(hits, tokens),
    "methods": lambda hits, tokens: fa.methods(fa.read(tokens.articles), tokens, hits, LEXICON, _of_hits(hits)),
    "paired": lambda hits, tokens: fa.compare.paired(hits, tokens, PAIR),
    "polarity": lambda hits, tokens: fa.learn.polarity(tokens, {"X": ["x"]}, hits=hits),
    "rates": lambda hits, tokens: fa.rates(hits, tokens),
    "sample": lambda hits, tokens: fa.sample(hits, tokens, n=4),
    "sentences_of": lambda hits, tokens: fa.sentences_of(tokens, hits),
    "smooth_trend": lambda hits, tokens: fa.compare.smooth_trend(hits, tokens),
    "standardised_rates": lambda hits, tokens: fa.compare.standardised_rates(hits, tokens, strata=["event_id"]),
    "trace_quotes": lambda hits, tokens: fa.trace_quotes(tokens, hits=hits),
    "train_polarity": lambda hits, tokens: fa.learn.train_polarity(tokens, MENTIONS.empty(), hits=hits),
    "trends": lambda hits, tokens: fa.trends(hits, tokens),
    "variable_accuracy": lambda hits, tokens: fa.validate.variable_accuracy(
        read_in_full(tokens), hits, "voice", tokens=tokens
    ),
    "worst_entries": lambda hits, tokens: fa.validate.worst_entries(read_in_full(tokens), hits, tokens=tokens),
}
# These stand below the top of the package.
BELOW = {
    "marked_html": lambda hits, tokens: marked_html(tokens, hits, "row-1"),
}
# Hits of several lexicons are allowed where pairs or lines are looked at and nothing is counted by a lexicon.
OF_MANY = {"concordance", "cooccurrence", "hit_positions", "sentences_of", "trace_quotes", "marked_html"}


def _of_hits(hits: pd.DataFrame) -> pd.DataFrame:
    """Return a table that says it is of these hits."""
    table = pd.DataFrame({"category": []})
    table.attrs = {**hits.attrs, "interval": "95% t"}
    return table


def corpus(encode, *bodies):
    n = len(bodies)
    return encode(
        article_id=[f"row-{i}" for i in range(1, n + 1)], outlet=(["x", "y"] * n)[:n], date=["2025-01-01"] * n,
        event_id=["e"] * n, headline=["“Weak” plan"] * n, body=list(bodies),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found_once(encode):
    tokens = corpus(encode, "A weak crisis.", "A crisis.", "It failed.", "Weak.")
    return fa.find_hits(tokens, LEXICON), tokens


@pytest.fixture
def found(found_once):
    """Return hits, which a test may change, and their tokens."""
    hits, tokens = found_once
    return hits.copy(), tokens


def test_every_public_function_of_hits_and_tokens_has_a_case():
    taking = set()
    for name, one in public_names().items():
        if inspect.isfunction(one):
            parameters = set(inspect.signature(one).parameters)
            if "tokens" in parameters and parameters & {"hits", "pattern_or_hits"}:
                taking.add(name)
    assert taking == set(CALLS)


@pytest.mark.parametrize("name", [*CALLS, *BELOW])
def test_hits_of_another_corpus_with_the_same_ids_are_refused(encode, found, name):
    hits, tokens = found
    other = corpus(encode, "A weak crisis.", "A crisis.", "It failed.", "Weak!")
    assert other.articles["article_id"].tolist() == tokens.articles["article_id"].tolist()
    with pytest.raises(fa.SchemaError) as caught:
        (CALLS | BELOW)[name](hits, other)
    assert str(caught.value) == (
        f"HITS: they were found in the corpus {tokens.corpus_hash}, these tokens are of the corpus {other.corpus_hash}; give the tokens "
        "that the hits were found in, or find the hits anew in these with fa.find_hits"
    )


@pytest.mark.parametrize("name", [*CALLS, *BELOW])
def test_a_hit_that_stands_twice_is_refused_and_named(found, name):
    hits, tokens = found
    doubled = pd.concat([hits, hits.iloc[[2]]], ignore_index=True)
    doubled.attrs = hits.attrs
    with pytest.raises(fa.SchemaError) as caught:
        (CALLS | BELOW)[name](doubled, tokens)
    key = hits[list(HITS.key)].iloc[2].to_dict()
    assert str(caught.value).startswith(f"table HITS: {key} stands in more than one row")


@pytest.mark.parametrize("name", [*CALLS, *BELOW])
def test_joined_hits_are_measured_nowhere_as_one_lexicon(found, name):
    hits, tokens = found
    other = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"mood": ["plan"]}, name="other"))
    joined = pd.concat([hits.astype({"category": "str"}), other.astype({"category": "str"})], ignore_index=True)
    assert "lexicon_hash" not in joined.attrs
    if name in OF_MANY:
        (CALLS | BELOW)[name](joined, tokens)
        return
    with pytest.raises(fa.SchemaError, match="its attrs name no lexicon"):
        (CALLS | BELOW)[name](joined, tokens)


@pytest.mark.parametrize("name", sorted(OF_MANY))
def test_joined_hits_of_another_corpus_are_known_by_their_text(encode, found, name):
    hits, _ = found
    hits.attrs = {}
    other = corpus(encode, "A grim crisis.", "A crisis.", "It failed.", "Weak.")
    with pytest.raises(fa.SchemaError, match="has 'grim' and not 'weak' at characters 2 to 6 of its body"):
        (CALLS | BELOW)[name](hits, other)


def test_hits_by_an_older_token_rule_are_refused(found):
    hits, tokens = found
    hits.attrs["token_rule"] = "uax29-15.0.0+zwsp-1"
    with pytest.raises(fa.SchemaError, match=r"by the token rule uax29-15\.0\.0\+zwsp-1, these tokens follow"):
        fa.rates(hits, tokens)


def test_every_entry_gives_no_hit_twice(encode):
    # By hand: "US" stands twice in the category, once with its case; both match, and the place is counted once.
    entries = [Entry("US", "c", case="exact"), Entry("US", "c")]
    lexicon = Lexicon("l", "1", "en", "", (), (Category("c"),), tuple(entries))
    hits = fa.find_hits(encode("The US and us."), lexicon, overlap="every_entry")
    assert hits["text"].tolist() == ["US", "us"]
    HITS.check(hits)
