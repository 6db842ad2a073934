"""Plain text files: front matter, and paragraphs that become headline, standfirst and body."""

import pytest

from analysis.errors import CorpusError
from analysis.reading import read
from analysis.reading.plain import parse_article


# The fields follow from the docstring of parse_article: under 40 words and no final stop makes a standfirst.
@pytest.mark.parametrize(
    ("text", "headline", "standfirst", "body"),
    [
        ("Mayor wins\n\nA close race\n\nShe said.\n\nHe did.", "Mayor wins", "A close race", "She said.\n\nHe did."),
        ("Mayor wins\n\nIt was close.\n\nMore.", "Mayor wins", "", "It was close.\n\nMore."),
        ("Mayor wins\n \t\n“It was close.”\n", "Mayor wins", "", "“It was close.”"),
        ("Mayor wins\n\nWhat we know:\n\nA lot.", "Mayor wins", "What we know:", "A lot."),
        ("Mayor wins\n\n" + "word " * 39 + "\n\nEnd.", "Mayor wins", ("word " * 39).strip(), "End."),
        ("Mayor wins\n\n" + "word " * 40 + "\n\nEnd.", "Mayor wins", "", ("word " * 40).strip() + "\n\nEnd."),
        ("Mayor wins", "Mayor wins", "", ""),
        ("The mayor won.", "", "", "The mayor won."),
        ("---\nheadline: Given\n---\nOpen line\n\nText.", "Given", "Open line", "Text."),
        ("---\nheadline: Given\nstandfirst: Too\n---\nOpen line\n\nText.", "Given", "Too", "Open line\n\nText."),
        ("---\nstandfirst: Given\n---\nTitle\n\nOpen line", "Title", "Given", "Open line"),
        ("", "", "", ""),
    ],
)
def test_paragraphs_become_fields(text, headline, standfirst, body):
    fields, cuts = parse_article(text, boilerplate="cut")
    assert (fields.get("headline", ""), fields.get("standfirst", ""), fields["body"]) == (headline, standfirst, body)
    assert cuts == []


def test_front_matter_fills_columns_and_further_ones(tmp_path):
    (tmp_path / "a.txt").write_text("---\noutlet: Daily: News\ndate: 2020-03-01\nevent_id: 7\n---\nTitle\n\nText.")
    row = read(tmp_path).articles.iloc[0]
    assert (row["outlet"], str(row["date"].date()), row["event_id"]) == ("Daily: News", "2020-03-01", "7")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "---\noutlet News\n---\nx",
            "line 2: 'outlet News' is no 'key: value' line of the front matter; mend it or close with '---'",
        ),
        (
            "---\noutlet: x\n\nTitle",
            "line 4: 'Title' is no 'key: value' line of the front matter; mend it or close with '---'",
        ),
        ("---\noutlet: x\n", "line 1: the front matter is not closed; end it with a line '---'"),
        (
            "---\nbody: x\n---\n",
            "line 2: 'body' is not allowed here or stands twice; write each key once, the body below",
        ),
        (
            "---\na: x\na: y\n---\n",
            "line 3: 'a' is not allowed here or stands twice; write each key once, the body below",
        ),
    ],
)
def test_malformed_front_matter_names_the_line(text, message):
    with pytest.raises(CorpusError) as caught:
        parse_article(text, boilerplate="cut")
    assert str(caught.value) == message


def test_a_broken_text_file_is_rejected_with_its_line_and_the_others_are_read(tmp_path):
    (tmp_path / "bad.txt").write_text("---\noutlet News\n---\nx")
    (tmp_path / "good.txt").write_text("Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["good"]
    assert corpus.rejected.to_numpy().tolist() == [
        [
            str(tmp_path / "bad.txt"),
            "line 2",
            "line 2: 'outlet News' is no 'key: value' line of the front matter; mend it or close with '---'",
            "---\noutlet News\n---\nx",
        ]
    ]
