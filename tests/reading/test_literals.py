"""Lists and objects as source text in the cells of a table: what NewsAPI's answers and scrapers' lists become through pandas' CSV."""

import pandas as pd

from analysis.reading import read

BODY = "The harbour board voted on Tuesday evening to keep the old ferry in service for another year, Reed said."


def test_lists_are_joined_and_objects_give_their_name(tmp_path):
    table = pd.DataFrame(
        {
            "source": [
                "{'id': None, 'name': 'The Quay'}",
                '{"id": "lan", "name": "The Lantern"}',
                "[The Post]",
                "{'x': 1}",
            ],
            "authors": ["['Ada Fenwick', 'Tom Reed']", "[]", '["Ada Fenwick"]', "Ada [sic] Fenwick"],
            "date": ["2021-03-02"] * 4,
            "title": [f"Ferry {n}" for n in range(4)],
            "body": [
                f"{BODY} {word}" for word in ("Once.", "Twice, he said.", "Never again, he said today.", "Always.")
            ],
        }
    )
    path = tmp_path / "a.csv"
    table.to_csv(path, index=False)
    for given in (path, table):
        corpus = read(given)
        assert corpus.articles["outlet"].fillna("").tolist() == ["The Quay", "The Lantern", "[The Post]", ""]
        assert corpus.articles["byline"].fillna("").tolist() == [
            "Ada Fenwick; Tom Reed",
            "",
            "Ada Fenwick",
            "Ada [sic] Fenwick",
        ]
        assert [note.count for note in corpus.notes if note.kind == "text not taken"] == [1]


def test_a_cell_that_nests_without_end_stays_as_it_is():
    deep = "[" * 5_000 + "]" * 5_000
    corpus = read(
        pd.DataFrame({"outlet": [deep, "[" * 20_000 + "]"], "body": [BODY, BODY + " Twice."]}), boilerplate="keep"
    )
    assert corpus.articles["outlet"].iat[0] == deep
