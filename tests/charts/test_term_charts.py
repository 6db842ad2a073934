"""What the charts of terms draw: read from the figure's artists, against the table that was given."""

import numpy as np
import pandas as pd

from analysis.charts import keyness_dots, term_dots
from analysis.charts.marks import HOLLOW
from analysis.charts.style import ACCENT


def drawn(axes) -> dict[str, tuple[float, float]]:
    """Return where each text's dot stands, by the text; the dots are the same."""
    at = {text.get_text(): tuple(map(float, text.xy)) for text in axes.texts}
    at_dots = [tuple(point) for line in axes.lines for point in line.get_xydata().tolist()]
    assert sorted(at.values()) == sorted(at_dots)
    return at


def test_terms_of_focus_and_reference_stand_from_the_most_key_downwards():
    table = pd.DataFrame({"term": ["a", "b", "c", "d"], "score": [9.0, 4.0, -1.0, -6.0], "n_focus": [7, 6, 1, 0]})
    table = table.assign(n_reference=[0, 1, 3, 5], p_corrected=[0.001, 0.05, np.nan, 0.049])
    table.attrs = {"focus": "Mail", "reference": "Post", "measure": "log_likelihood"}
    table.attrs |= {"p_of": "log_likelihood", "correction": "benjamini_hochberg"}
    focus, reference = keyness_dots(table).axes
    assert drawn(focus) == {"a (7)": (9, 0), "b (6)": (4, 1)}
    assert drawn(reference) == {"d (5)": (6, 0), "c (3)": (1, 1)}
    assert [axes.get_title(loc="left") for axes in (focus, reference)] == ["focus: Mail", "reference: Post"]
    # Filled, then hollow: of the focus only 0.001 is below 0.05; of the reference d is, and c has no p.
    faces = [
        [(line.get_markerfacecolor(), line.get_ydata().tolist()) for line in axes.lines] for axes in (focus, reference)
    ]
    assert faces == [[(ACCENT, [0]), (HOLLOW, [1])], [(ACCENT, [0]), (HOLLOW, [1])]]
    note = keyness_dots(table).get_supxlabel()
    assert "filled: p < 0.05 by log likelihood, corrected over all terms (benjamini hochberg); hollow: not" in note


def test_terms_of_a_group_stand_at_their_ranks():
    table = pd.DataFrame(
        {"outlet": ["A", "A", "B"], "term": ["x", "y", "z"], "rank": [2, 1, 2], "tfidf": [0.5, 1.0, 0.25]}
    )
    first, second = term_dots(table.assign(n_articles=3), panel="outlet").axes
    assert drawn(first) == {"y (3)": (1, 0), "x (3)": (0.5, 1)}
    assert drawn(second) == {"z (3)": (0.25, 1)}
