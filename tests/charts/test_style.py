"""How a notebook shows what the project draws and tabulates."""

import matplotlib as mpl
import pandas as pd

from analysis.charts.style import use_in_notebook


def test_a_dollar_sign_in_a_table_of_a_notebook_is_no_mathematics():
    with pd.option_context("display.html.use_mathjax", True), mpl.rc_context():
        use_in_notebook()
        html = pd.DataFrame({"a": ["Costs $5 and $10"]})._repr_html_()
    assert "mathjax_ignore" in html
