"""What the chart of similar outlets draws: read from the figure's artists, against the tables that were given."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.charts.similarity_chart import similarity_chart
from analysis.measures.similarity import linkage


def matrix(values: list[list[float]]) -> pd.DataFrame:
    names = [f"o{number}" for number in range(len(values))]
    table = pd.DataFrame(values, index=pd.Index(names, name="outlet"), columns=names)
    table.attrs = {"weighting": "tf", "n_articles": {name: 10 + place for place, name in enumerate(names)}}
    return table


# By hand: o0 and o2 join at 1 - 0.75, and o1 joins them at the mean of 1 - 0.25 and 1 - 0.5.
THREE = matrix([[1, 0.25, 0.75], [0.25, 1, 0.5], [0.75, 0.5, 1]])


def test_cells_stand_in_the_order_of_the_tree_with_their_numbers():
    left, _ = similarity_chart(THREE, linkage(THREE)).axes
    names = [label.get_text().split(" ")[0] for label in left.get_yticklabels()]
    assert names in (
        ["o1", "o2", "o0"],
        ["o0", "o2", "o1"],
    )  # by hand: o2 lies between its neighbours, either way round
    drawn = left.images[0].get_array().filled(np.nan)
    expected = THREE.loc[names, names].to_numpy(copy=True)
    np.fill_diagonal(expected, np.nan)
    np.testing.assert_array_equal(drawn, expected)
    numbers = {text.get_position(): text.get_text() for text in left.texts}
    assert numbers == {
        (column, row): f"{expected[row, column]:.2f}" for row in range(3) for column in range(3) if row != column
    }


def test_rows_name_their_articles_and_columns_their_groups():
    left, _ = similarity_chart(THREE, linkage(THREE)).axes
    assert {label.get_text() for label in left.get_yticklabels()} == {"o0 (n = 10)", "o1 (n = 11)", "o2 (n = 12)"}
    assert [label.get_text() for label in left.get_xticklabels()] == [
        label.get_text()[:2] for label in left.get_yticklabels()
    ]


def test_the_tree_joins_its_groups_beside_their_rows():
    left, right = similarity_chart(THREE, linkage(THREE)).axes
    rows = [label.get_text()[:2] for label in left.get_yticklabels()]
    joins = {round(float(path.vertices[1, 0]), 6): path.vertices[[0, 3]] for path in right.collections[0].get_paths()}
    assert set(joins) == {0.25, 0.625}  # by hand
    assert sorted(joins[0.25][:, 1].tolist()) == sorted([rows.index("o0"), rows.index("o2")])
    assert sorted(joins[0.625][:, 0].tolist()) == [0, 0.25]
    assert left.get_ylim() == right.get_ylim() == (2.5, -0.5)


@pytest.mark.parametrize(("n", "has_numbers"), [(15, True), (16, False)])
def test_of_many_groups_a_scale_stands_in_place_of_numbers(n, has_numbers):
    many = matrix((np.full((n, n), 0.5) + 0.5 * np.eye(n)).tolist())
    axes = similarity_chart(many, linkage(many)).axes
    assert bool(axes[0].texts) == has_numbers
    assert bool(axes[0].get_xticklabels()) == has_numbers
    assert len(axes) == (2 if has_numbers else 3)


def test_groups_that_are_all_alike_can_be_drawn():
    alike = matrix([[1, 1], [1, 1]])
    left, right = similarity_chart(alike, linkage(alike)).axes
    assert {text.get_text() for text in left.texts} == {"1.00"}
    assert right.get_xlim() == (0, 1)  # by hand: the only distance is 0, which cannot bound an axis


def test_a_tree_of_other_groups_is_refused():
    with pytest.raises(fa.SchemaError, match="the tree has 'o2', the matrix has not"):
        similarity_chart(THREE.loc[["o0", "o1"], ["o0", "o1"]], linkage(THREE))
