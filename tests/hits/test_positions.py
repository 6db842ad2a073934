"""Where hits stand in their articles, counted by hand."""

import re

import numpy as np
import pandas as pd
import pytest

import analysis as fa

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "look weak"], "strength": ["strong*"]}, name="frames")


@pytest.fixture(scope="module")
def tokens(encode) -> fa.Tokens:
    # By hand, the words of a1: Weak talks | Nobody looked | The “naïve” plan was weak. Then strong words came.
    #                           1    2       3      4        5    6       7    8   9     10   11     12    13
    return encode(
        headline=["Weak talks", "No word"],
        standfirst=["Nobody looked", ""],
        body=["The “naïve” plan was weak. Then strong words came.", "They look weak"],
        outlet=["Mail", "Post"],
    )


def test_words_are_counted_through_headline_standfirst_and_body(tokens):
    table = fa.compare.hit_positions(fa.find_hits(tokens, LEXICON), tokens)
    assert table[["article_id", "outlet", "zone", "category", "text"]].astype(str).to_numpy().tolist() == [
        ["a1", "Mail", "headline", "weakness", "Weak"],
        ["a1", "Mail", "lead", "weakness", "weak"],
        ["a1", "Mail", "lead", "strength", "strong"],
        ["a2", "Post", "lead", "weakness", "look weak"],
    ]
    # By hand: a phrase stands where its first word stands; a2 has the words No, word, They, look, weak.
    assert table["word"].tolist() == [1, 9, 11, 4]
    assert table["n_tokens"].tolist() == [13, 13, 13, 5]
    np.testing.assert_allclose(table["position"], [0 / 13, 8 / 13, 10 / 13, 3 / 5])


def test_rows_follow_the_hits_in_any_order(tokens):
    hits = fa.find_hits(tokens, LEXICON)
    table = fa.compare.hit_positions(hits.iloc[[3, 0, 2]], tokens)
    assert table["word"].tolist() == [4, 1, 11]
    assert table.attrs == hits.attrs


def test_without_hits_the_table_has_its_columns_and_no_row(tokens):
    table = fa.compare.hit_positions(fa.find_hits(tokens, LEXICON).iloc[:0], tokens)
    assert list(table.columns) == [
        "article_id", "outlet", "zone", "category", "voice", "target", "text", "word", "n_tokens", "position",
    ]  # fmt: skip
    assert table.empty


def test_a_hit_that_begins_at_no_word_is_refused(tokens):
    hits = fa.find_hits(tokens, LEXICON)
    hits.loc[1, "start"] = 22  # "weak" of the body begins at 21
    message = "HITS: in the body of article 'a1' no word of sentence 1 begins at character 22; give the tokens that the hits were found in"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        fa.compare.hit_positions(hits, tokens)


def test_a_large_corpus_gives_the_words_that_the_hits_start_with(encode):
    tokens = encode(*("é weak ’tis “strong” weak " * n for n in range(1, 30)))
    table = fa.compare.hit_positions(fa.find_hits(tokens, LEXICON), tokens)
    # The kernel's own list of words is the other way round: the word of that number in the article is the hit.
    firsts = tokens.field_starts[::3][pd.Index(tokens.articles["article_id"]).get_indexer(table["article_id"])]
    words = [tokens.types[i] for i in tokens.type_ids[firsts + table["word"].to_numpy() - 1]]
    assert words == table["text"].astype(str).tolist()
    assert len(words) == 3 * sum(range(1, 30))
