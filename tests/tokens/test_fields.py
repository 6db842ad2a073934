"""Fields lie in one row, three an article; no other module does their arithmetic, paints spans or codes values by hand."""

import ast
from pathlib import Path

import numpy as np
import pytest

from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.fields import N_FIELDS, article_of, column_of, field_of

PACKAGE = Path(__file__).resolve().parents[2] / "analysis"
# What else has a 3: no arithmetic of fields.
OTHERWISE = {
    "hits/names.py": {"3 * n"},  # two thirds of the words of a sentence
    "english/reaching.py": {"3 * MOST_IN_PHRASE"},
    "tokens/damaged_marks.py": {"3 * (rest % 2)"},  # bytes of a letter
    "english/transcripts.py": {"3 * spoken"},  # three lines of four
    "validation/agreement.py": {"(np.nan,) * 3"},
    "validation/strata.py": {"most // 3"},
    "validation/validity.py": {"[None] * 3"},
    "learning/predictions.py": {"['conflict'] * 3"},
}


def of_threes(source):
    """Return the arithmetic with 3, and the steps of three, of a module's source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.FloorDiv | ast.Mod):
            sides = (node.left, node.right)
        elif isinstance(node, ast.Slice):
            sides = (node.step,)
        else:
            continue
        if any(isinstance(side, ast.Constant) and side.value == N_FIELDS for side in sides):
            found.add(ast.unparse(node))
    return found


def test_the_search_finds_what_it_looks_for():
    source = "a = 3 * row + 1\nb = field // 3\nc = field % 3\nd = starts[::3]\ne = row * 4\nf = 3 + row"
    assert of_threes(source) == {"3 * row", "field // 3", "field % 3", "::3"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_does_the_arithmetic_of_fields_itself(path):
    name = path.relative_to(PACKAGE).as_posix()
    assert of_threes(path.read_text(encoding="utf-8")) - OTHERWISE.get(name, set()) == set()


def test_a_field_is_one_column_of_one_article():
    fields = np.arange(2 * len(TEXT_FIELDS))
    assert article_of(fields).tolist() == [0, 0, 0, 1, 1, 1]
    assert column_of(fields).tolist() == [0, 1, 2, 0, 1, 2]
    assert field_of(article_of(fields), column_of(fields)).tolist() == fields.tolist()
    assert (article_of(7), column_of(7), field_of(2, 1)) == (2, 1, 7)


def test_tokens_know_article_field_sentence_and_zone_of_a_token(encode):
    # Tokens by hand: a(0) | b c(1, 2) . d(3) || e(4) . f(5)   in article 1: headline, standfirst; article 2: body of two paragraphs.
    tokens = encode(headline=["A", ""], standfirst=["B c. D", ""], body=["", "E.\n\nF"])
    places = np.arange(6)
    assert tokens.fields_at(places).tolist() == [0, 1, 1, 1, 5, 5]
    assert tokens.articles_at(places).tolist() == [0, 0, 0, 0, 1, 1]
    assert tokens.article_starts.tolist() == [0, 4, 6]
    assert tokens.sentences_at(places).tolist() == [0, 1, 1, 2, 3, 4]
    assert tokens.sentence_lengths.tolist() == [1, 2, 1, 1, 1]
    assert tokens.sentence_fields.tolist() == [0, 1, 1, 5, 5]
    assert tokens.sentence_zones.tolist() == [0, 1, 1, 2, 3]  # lead, then body
    assert tokens.sentence_numbers(tokens.sentence_fields, np.arange(5)).tolist() == [1, 1, 2, 1, 2]
    assert tokens.text_of_field(1) == tokens.text_of(0, "standfirst") == "B c. D"


def test_an_article_without_words_takes_no_place(encode):
    tokens = encode(headline=["A", "–", "B"])
    assert tokens.articles_at(np.arange(2)).tolist() == [0, 2]
    assert tokens.article_starts.tolist() == [0, 1, 1, 2]
