"""What an edit does to accuracy, by hand."""

import pytest
from coded_units import bodies

import analysis as fa
from analysis.core.schema import TABLES
from analysis.extending.accuracy_effect import accuracy_effect, dropping_entries, without_entry

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "feeble"]}, name="small", version="1")
FEW = fa.Resampling(n_draws=100)


@pytest.fixture(scope="module")
def coded(encode):
    tokens = encode(*["It is weak tea."] * 3, *["It is a weak state."] * 2, *["A feeble man."] * 6)
    codes = {f"a{n}": "none" if n <= 3 else "weakness" for n in range(1, 12)}
    return bodies(tokens, fa.find_hits(tokens, LEXICON), codes), tokens


def test_narrowing_an_entry_keeps_what_was_right(coded):
    codings, tokens = coded
    narrower = fa.extend.lexicon_from_mapping({"weakness": ["weak state", "feeble"]}, name="small", version="2")
    table = accuracy_effect(codings, LEXICON, narrower, tokens, resampling=FEW)
    TABLES["ACCURACY_EFFECT"].check(table)
    # Before: 8 of 11 hits are right; after: 8 of 8. Nothing that the coder sees is lost.
    row = table.iloc[0]
    assert (row["precision_before"], row["precision_after"]) == (pytest.approx(8 / 11), 1)
    assert (row["recall_before"], row["recall_after"]) == (1, 1)
    assert table.attrs["lexicons"].startswith("small 1 (")
    assert "code a fresh sample" in table.attrs["note"]


def test_dropping_the_worst_entry_says_what_is_lost(coded):
    codings, tokens = coded
    table = dropping_entries(codings, LEXICON, tokens, n=1, resampling=FEW)
    TABLES["DROPPED_ENTRIES"].check(table)
    row = table.iloc[0]
    # Without "weak": 6 of 6 hits are right, and 6 of the 8 frames are found.
    assert (row["entry"], row["n_hits_lost"], row["precision_after"], row["recall_after"]) == ("weak", 5, 1, 0.75)


def test_an_entry_that_is_not_there_is_named():
    with pytest.raises(fa.LexiconError, match="category 'weakness' has no entry 'strong'"):
        without_entry(LEXICON, "weakness", "strong")
