"""What the concordance plot draws: read from the figure's artists, against the table that was given."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.charts.position_chart import position_chart


def table(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["category", "zone", "position"]).assign(article_id="a1")


FEW = table(
    [
        ("strength", "lead", 0.1),
        ("weakness", "headline", 0.0),
        ("weakness", "headline", 0.02),
        ("weakness", "standfirst", 0.05),
        ("weakness", "body", 0.5),
        ("weakness", "body", 0.75),
    ]
)


def test_ticks_stand_where_the_hits_stand_and_headlines_apart_as_numbers():
    figure = position_chart(FEW)
    left, right = figure.axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["weakness (n = 5)", "strength (n = 1)"]
    assert {text.get_text(): text.get_position() for text in left.texts} == {"2": (0, 0), "1": (1, 0)}
    ticks = [
        (segment[0, 0], segment[:, 1].mean()) for lines in right.collections[1:] for segment in lines.get_segments()
    ]
    assert sorted(ticks) == [(10, 1), (50, 0), (75, 0)]
    assert figure.get_supxlabel() == "% of the article's words that stand before the hit; n = hits, in one article"


def test_of_many_hits_bars_show_the_number_in_each_fiftieth():
    # By hand: 151 hits are more than 150; 100 of them in the second fiftieth (2% to 4%), 51 in the last.
    many = table([("weakness", "body", 0.03)] * 100 + [("weakness", "body", 0.99)] * 51)
    figure = position_chart(many)
    heights = {bar.get_x(): abs(bar.get_height()) for bar in figure.axes[1].patches if bar.get_height()}
    assert set(heights) == {2.0, 98.0}
    assert heights[98.0] / heights[2.0] == pytest.approx(51 / 100)
    assert figure.get_supxlabel().endswith("\nbars: hits in each fiftieth of the article, 100 in the tallest")


def test_hits_in_headlines_alone_and_a_single_article_can_be_drawn():
    left, right = position_chart(FEW[FEW["zone"] == "headline"], row="article_id").axes
    assert [text.get_text() for text in left.texts] == ["2"]
    assert len(right.collections) == 1  # the line alone


def test_ten_thousand_hits_are_all_counted():
    rng = np.random.default_rng(1)
    many = table([("weakness", "body", 0.0)] * 10_000).assign(position=rng.uniform(0, 1, 10_000))
    figure = position_chart(many)
    tallest = int(np.histogram(many["position"], bins=50, range=(0, 1))[0].max())  # numpy's own count
    heights = np.array([abs(bar.get_height()) for bar in figure.axes[1].patches])
    assert round(float(heights.sum() / heights.max() * tallest)) == 10_000


def test_a_table_without_a_row_is_refused():
    with pytest.raises(fa.SchemaError, match=r"^position_chart: no hit has a value of .category.; is there a hit\?$"):
        position_chart(FEW.iloc[:0])
