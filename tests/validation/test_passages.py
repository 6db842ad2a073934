"""What a coder reads of each unit; expected texts are cut by hand from the articles below."""

import pandas as pd
import pytest
from coding_cases import corpus_of

import analysis as fa
from analysis.core.schema import SAMPLE
from analysis.validation.passages import Passage, marked_spans, passages_of, pieces

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})


def passage(text, sentence, *, field="body"):
    tokens = corpus_of([text])
    row = {"item": "u1", "unit_id": "u1", "article_id": "row-1", "field": field, "sentence": sentence}
    return passages_of(pd.DataFrame([row]), tokens)["u1"]


def test_a_sentence_stands_between_the_one_before_and_the_one_after():
    text = "It rained. “The mayor is weak,” she said. “Is he?” Nobody knew."
    found = passage(text, 2)
    assert (found.before, found.text, found.after) == ("It rained.", "“The mayor is weak,” she said.", "“Is he?”")
    assert text[found.start :].startswith("“The mayor")
    assert passage(text, 1).before == ""
    assert passage(text, 1).after == "“The mayor is weak,” she said."
    assert passage(text, 4).before == "“Is he?”"
    assert passage(text, 4).after == ""


def test_a_sentence_goes_on_over_no_paragraph_and_no_field():
    found = passage("It rained.\n\n(The mayor is weak)\n\nNobody knew!", 2)
    assert (found.before, found.text, found.after) == ("It rained.", "(The mayor is weak)", "Nobody knew!")
    assert found.left + found.text + found.right == "It rained.\n\n(The mayor is weak)\n\nNobody knew!"
    headline = passage("It rained.", 1, field="headline")
    assert (headline.left, headline.text, headline.right) == ("", "Secret headline", "")


def test_signs_before_the_first_word_belong_to_its_sentence():
    found = passage("=1 it said. $5 is weak! (“So”) it ended.", 2)
    assert (found.before, found.text, found.after) == ("=1 it said.", "$5 is weak!", "(“So”) it ended.")
    assert passage("She went.“He is weak.” Yes.", 2).text == "“He is weak.”"


def test_characters_of_several_bytes_are_counted_once():
    found = passage("Über 🙂 Öl. Der schwache Bürgermeister “ging”. Ende.", 2)
    assert found.text == "Der schwache Bürgermeister “ging”."
    assert found.start == len("Über 🙂 Öl. ")


def test_what_is_far_is_cut_and_that_is_said():
    rain = "It rained and rained. " * 200  # 22 characters each
    found = passage(f"{rain}The mayor is weak. {rain}", 201)
    assert (len(found.left), len(found.right)) == (1500, 1500)
    assert found.is_cut_left
    assert found.is_cut_right
    assert found.before == found.after == "It rained and rained."


def test_an_article_is_shown_whole():
    articles = pd.DataFrame({"headline": ["Weak mayor"], "standfirst": [""], "body": ["One.\n\nTwo."]})
    tokens = fa.tokenize(fa.read(articles, boilerplate="keep"))
    sample = fa.sample(fa.find_hits(tokens, FRAMES), tokens, n=1, unit="article")
    (found,) = passages_of(sample, tokens).values()
    assert (found.text, found.left, found.right) == ("Weak mayor\n\nOne.\n\nTwo.", "", "")


def test_units_of_a_drawn_sample_are_those_that_are_shown():
    tokens = corpus_of([f"It rained. The “weak” mayor {i} went home." for i in range(8)])
    hits = fa.find_hits(tokens, FRAMES)
    sample = SAMPLE.check(fa.sample(hits, tokens, n=12))
    found = passages_of(sample, tokens)
    for row in sample[sample["about"] == "match"].to_dict("records"):
        shown = found[row["unit_id"]]
        assert shown.text[row["start"] - shown.start : row["end"] - shown.start] == "weak"


def test_a_unit_has_the_marks_of_all_its_matches_and_those_that_overlap_are_one():
    places = {"item": ["u1-1", "u1-2", "u1-3", "u1"], "about": ["match"] * 3 + ["unit"], "unit_id": "u1"}
    sample = pd.DataFrame(places | {"start": [12, 15, 30, 10], "end": [17, 20, 34, 40]})
    found = marked_spans(sample, {"u1": Passage("", "x" * 30, "", 0, 0, start=10)})
    assert found == {"u1-1": [(2, 7)], "u1-2": [(5, 10)], "u1-3": [(20, 24)], "u1": [(2, 10), (20, 24)]}
    assert list(pieces("ab weak", [(3, 7)])) == [("ab ", False), ("weak", True)]
    assert list(pieces("weak", [])) == [("weak", False)]


def test_a_sample_of_another_corpus_is_refused():
    sample = pd.DataFrame({"unit_id": ["u1"], "field": ["body"]})
    sample.attrs = {"corpus_hash": "other"}
    with pytest.raises(fa.SchemaError, match="it was drawn from the corpus other, these tokens are of the corpus"):
        passages_of(sample, corpus_of(["One."]))
