"""The checks of charts and tables are worth something only if a wrong number makes them fail.

nbval compares the SVG that a notebook shows, the watch over a test run those in figures/ by value. Here one cell of every column that a chart
draws is changed by a little, and the SVG must be another one, by value too. One notebook goes the whole way through nbval.
"""

import random
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from chart_cases import CASES, Case, chart_functions, is_text, svg_of, svg_of_notebook, unchanged_svg

import analysis as fa
from analysis.reproducing.comparison import svg_difference

# The least change that is looked for where it is not 1%: these are printed as whole per cents or with two decimals.
STEPS = {"similarities": 0.01, "stability": 0.01, "share_of_words_covered": 0.01, "share": 0.01, "distance": 0.01}
STEPS |= {"estimate": 0.01, "low": 0.01, "high": 0.01, "first_place": 1}  # two decimals in a cell, whole places
DRAWN = [(case, table, column) for case in CASES for table, column in case.drawn()]
SAID = [(case, table, name) for case in CASES for table, data in case.tables.items() for name in data.attrs]


def identified(case: Case, table: str, column: str) -> str:
    return f"{case.name}-{table}-{column}"


def parameters(found: list[tuple[Case, str, str]]) -> list:
    return [pytest.param(*each, id=identified(*each)) for each in found]


def planted(case: Case, table: str, column: str) -> pd.DataFrame:
    """Return the table with one seeded cell of the column changed."""
    data = case.tables[table].copy()
    seeded = random.Random(identified(case, table, column))
    drawn = data.query(case.rows[column]) if column in case.rows else data
    row = seeded.choice(drawn.index[drawn[column].notna()].tolist())
    value = data.at[row, column]
    if is_text(data[column]):
        data.at[row, column] = f"{value} (other)"
    elif isinstance(value, pd.Timestamp):
        data.at[row, column] = value + pd.Timedelta(days=1)
    elif pd.api.types.is_integer_dtype(data[column]):
        data.at[row, column] = value + seeded.choice((-1, 1))
    else:
        data.at[row, column] = value + STEPS.get(column, STEPS.get(table, value / 100 or 0.01))
    return data


def planted_words(case: Case, table: str, name: str) -> pd.DataFrame:
    """Return the table with what it says of itself under a name changed."""
    data = case.tables[table].copy()
    value = data.attrs[name]
    if isinstance(value, str):
        changed = f"{value} (other)"
    elif isinstance(value, list):
        changed = [f"{value[0]} (other)", *value[1:]]
    elif isinstance(value, dict):
        changed = value | {next(iter(value)): 99}
    else:
        changed = value + max(0.001, value / 100)
    data.attrs = data.attrs | {name: changed}
    return data


def is_caught(case: Case, table: str, data: pd.DataFrame) -> bool:
    """Whether what is drawn differs by value from what it was; a chart that refuses the table fails its notebook too."""
    try:
        drawn = svg_of(case.draw(**{table: data}))
    except (fa.FramingError, KeyError, ValueError):
        return True
    return svg_difference(unchanged_svg(case.name), drawn) != ""


def test_every_chart_is_tried():
    assert {case.chart for case in CASES} == chart_functions()
    assert len(DRAWN) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_chart_draws_the_columns_of_its_case_and_no_other(case):
    # The same bytes from these columns alone, by way of Jupyter: no other one is drawn, and nothing is random.
    alone = {
        table: data[[*case.columns[table].split(), *case.needed.get(table, "").split()]]
        for table, data in case.tables.items()
    }
    same = svg_of_notebook(case.draw(**alone)) == unchanged_svg(case.name)
    assert same


@pytest.mark.parametrize(("case", "table", "column"), parameters(DRAWN))
def test_a_planted_change_of_a_cell_shows(case, table, column):
    assert is_caught(case, table, planted(case, table, column))


@pytest.mark.parametrize(("case", "table", "name"), parameters(SAID))
def test_a_planted_change_of_what_a_table_says_of_itself_shows(case, table, name):
    assert is_caught(case, table, planted_words(case, table, name))


def test_nbval_fails_at_the_planted_cells_of_a_notebook_and_at_no_other(tmp_path):
    notebooks = Path(__file__).resolve().parent.parent / "notebooks"
    notebook = nbformat.read(notebooks / "04-what-is-in-the-corpus.ipynb", 4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = [cell.source for cell in cells]
    parameters = {"../data": str(notebooks.parent / "data"), "../figures": str(tmp_path / "figures")}
    for old, new in parameters.items():
        cells[1].source = cells[1].source.replace(old, new)
    # One article more in a table, after that 1% more words in a chart whose table was shown before.
    plants = {
        "description.by_month": "description.by_month.loc[0, 'n_articles'] += 1\n",
        "figure = fa.charts.length_dots": "description.by_outlet.loc[0, 'words_median'] *= 1.01\n",
    }
    for start, plant in plants.items():
        cell = next(cell for cell in cells if cell.source.startswith(start))
        cell.source = plant + cell.source
    nbformat.write(notebook, tmp_path / "planted.ipynb")
    command = "-m pytest --nbval --nbval-current-env -p no:cacheprovider -p no:xdist -q --tb=no -rf planted.ipynb"
    ran = subprocess.run([sys.executable, *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
    failed = {sources[int(number)] for number in re.findall(r"^FAILED .*::Cell (\d+)", ran.stdout, re.MULTILINE)}
    # The table, its chart, and the chart of lengths; each by the beginning of its cell.
    assert {source.split("(")[0] for source in failed} == {
        "description.by_month",
        "figure = fa.charts.count_series",
        "figure = fa.charts.length_dots",
    }, ran.stdout
