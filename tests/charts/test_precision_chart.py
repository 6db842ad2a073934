"""What the chart of precision draws, and which tables it refuses."""

import pandas as pd
import pytest

import analysis as fa

WORST = pd.DataFrame({"entry": ["fail*", "weak"], "n_hits": [30, 0], "precision": [0.4, float("nan")]})
WORST = WORST.assign(precision_low=[0.25, float("nan")], precision_high=[0.58, float("nan")])


def test_percent_and_what_was_not_coded():
    (axes,) = fa.charts.precision_dots(WORST).axes
    assert [text.get_text() for text in axes.texts] == ["no hit coded"]
    assert axes.lines[-1].get_xdata()[0] == pytest.approx(40)


def test_only_the_first_rows_and_the_note_says_so():
    figure = fa.charts.precision_dots(WORST, most=1)
    assert "1 of 2 rows" in figure.get_supxlabel()


def test_other_tables_are_refused():
    with pytest.raises(fa.SchemaError, match="entry 'weak' stands in two rows"):
        fa.charts.precision_dots(pd.concat([WORST, WORST.tail(1)]))
    with pytest.raises(fa.SchemaError, match="most=0"):
        fa.charts.precision_dots(WORST, most=0)
