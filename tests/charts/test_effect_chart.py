"""What the chart of an edit draws: read from the figure's artists, against the tables that were given."""

import re

import numpy as np
import pytest

import analysis as fa
from analysis.charts.effect_chart import effect_chart


@pytest.fixture(scope="module")
def effect(encode) -> fa.extend.Effect:
    # By hand: Mail has 4 words and loses "feeble"; Post has 5 words and gains two "strong"; "calm" stays as it is.
    tokens = encode(body=["feeble weak calm talks", "strong strong weak calm talks"], outlet=["Mail", "Post"])
    old = fa.extend.lexicon_from_mapping(
        {"weakness": ["weak", "feeble"], "strength": ["sturdy"], "calm": ["calm"]}, name="f"
    )
    new = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"], "calm": ["calm"]}, name="f")
    return fa.compare_lexicons(old, new, tokens)


def test_rates_before_are_hollow_and_after_filled(effect):
    post, mail = effect_chart(effect.rates, effect.entries).axes
    # By hand, strength first (two hits changed), then weakness (one): hits per 1,000 words.
    np.testing.assert_allclose(mail.lines[0].get_xdata(), [0, 500])
    np.testing.assert_allclose(mail.lines[1].get_xdata(), [0, 250])
    np.testing.assert_allclose(post.lines[0].get_xdata(), [0, 200])
    np.testing.assert_allclose(post.lines[1].get_xdata(), [400, 200])
    assert mail.lines[0].get_markerfacecolor() == "white" != mail.lines[1].get_markerfacecolor()


def test_labels_name_hits_gained_and_lost_and_before_and_after(effect):
    post, mail = effect_chart(effect.rates, effect.entries).axes
    assert [label.get_text() for label in post.get_yticklabels()] == ["strength (+2 −0)", "weakness (+0 −1)"]
    assert [text.get_text() for text in mail.texts] == ["0, as before", "2 → 1"]
    assert [text.get_text() for text in post.texts] == ["0 → 2", "1, as before"]


def test_groups_that_changed_most_are_drawn(effect):
    figure = effect_chart(effect.rates, effect.entries, n_panels=1)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Post"]
    assert figure.get_supxlabel().endswith("\n1 of 2 outlets; the rest stand in the table")


def test_what_cannot_be_drawn_is_refused(effect):
    message = "effect_chart: the edit changes no hit, so there is nothing to draw"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        effect_chart(effect.rates, effect.entries.iloc[:0])
    with pytest.raises(fa.SchemaError, match=r"^effect_chart: n_panels=0; give a number from 1$"):
        effect_chart(effect.rates, effect.entries, n_panels=0)
