"""Where targets are named: from a lexicon, and from a table in code points."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import SchemaError
from analysis.english.mentions import find_mentions


def table_of(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "field", "start", "end", "target"])


def words_of(tokens: fa.Tokens, mentions) -> list[tuple[str, str]]:
    spans = zip(mentions.first, mentions.last, mentions.target, strict=True)
    return [
        (" ".join(tokens.types[tokens.type_ids[i]] for i in range(first, last + 1)), mentions.names[target])
        for first, last, target in spans
    ]


def test_of_a_lexicon(encode):
    tokens = encode("Then Ann Marlow met Greve.")
    lexicon = fa.extend.lexicon_from_mapping({"Marlow": ["ann marlow"], "Greve": ["greve"]}, name="t")
    assert words_of(tokens, find_mentions(tokens, lexicon)) == [("Ann Marlow", "Marlow"), ("Greve", "Greve")]


def test_of_a_table_in_the_order_of_the_text(encode):
    tokens = encode("Naïve 😀 Ann Marlow met Greve.", "Greve left.")
    # Code points counted by hand: "Naïve 😀 " has 8, "Ann Marlow" 10, " met " 5.
    table = table_of(("a2", "body", 0, 5, "Greve"), ("a1", "body", 23, 28, "Greve"), ("a1", "body", 8, 18, "Marlow"))
    mentions = find_mentions(tokens, table)
    assert words_of(tokens, mentions) == [("Ann Marlow", "Marlow"), ("Greve", "Greve"), ("Greve", "Greve")]
    assert mentions.row.tolist() == [2, 1, 0]


def test_a_part_of_a_word_means_the_word(encode):
    tokens = encode("Marlow’s plan")
    assert words_of(tokens, find_mentions(tokens, table_of(("a1", "body", 0, 6, "M")))) == [("Marlow’s", "M")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("zz", "body", 0, 3, "A"), "row 1: article_id 'zz' is not known"),
        (("a1", "text", 0, 3, "A"), "row 1: field 'text' is not known; allowed is headline, standfirst, body"),
        (
            ("a1", "body", 2, 900, "A"),
            "row 1: offsets 2 to 900 hold no word of the body of article 'a1', which is 9 characters long",
        ),
        (("a1", "body", -1, 3, "A"), "row 1: offsets -1 to 3"),
        (("a1", "body", 3, 4, "A"), "row 1: offsets 3 to 4"),  # the space
        (("a1", "headline", 0, 3, "A"), "row 1: offsets 0 to 3"),  # an empty field
    ],
)
def test_errors_name_the_row(encode, row, message):
    with pytest.raises(SchemaError) as error:
        find_mentions(encode("Ann went."), table_of(("a1", "body", 0, 3, "A"), row))
    assert message in str(error.value)


def test_an_empty_table_has_no_mention(encode):
    table = table_of().astype({"article_id": "str", "field": "str", "start": "int64", "end": "int64", "target": "str"})
    assert len(find_mentions(encode("Ann went."), table)) == 0
