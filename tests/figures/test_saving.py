"""The writer of figures/: the same bytes twice, whole files or none."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis as fa
from analysis.figures.style import style

SUFFIXES = ("csv", "pdf", "png", "svg")
TABLE = pd.DataFrame({"outlet": ["Blick, A", "Wächter"], "rate_per_1000": [1.5, 0.25]})


@pytest.fixture
def figure():
    with style():
        figure, axes = plt.subplots()
        axes.barh(TABLE["outlet"], TABLE["rate_per_1000"])
    yield figure
    plt.close(figure)


def test_saved_twice_the_bytes_are_the_same(figure, tmp_path):
    for folder in ("one", "two"):
        assert fa.save_figure(figure, TABLE, "rate-by_outlet", folder=tmp_path / folder) is figure
    names = [f"rate-by_outlet.{suffix}" for suffix in SUFFIXES]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == names  # four files and no other
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_figure_made_outside_the_style_is_saved_alike_twice(tmp_path):
    # Documented: the same figure gives the same bytes; saving must not change its layout.
    figure, axes = plt.subplots()
    axes.barh(TABLE["outlet"], TABLE["rate_per_1000"])
    try:
        for folder in ("one", "two"):
            fa.save_figure(figure, TABLE, "rates", folder=tmp_path / folder)
    finally:
        plt.close(figure)
    assert (tmp_path / "one/rates.svg").read_bytes() == (tmp_path / "two/rates.svg").read_bytes()


def test_the_table_is_beside_the_figure(figure, tmp_path):
    fa.save_figure(figure, TABLE, "rates", folder=tmp_path)
    # By hand from TABLE: commas quoted, UTF-8, no index, line feeds.
    expected = 'outlet,rate_per_1000\n"Blick, A",1.5\nWächter,0.25\n'
    assert (tmp_path / "rates.csv").read_bytes() == expected.encode("utf-8")


@pytest.mark.parametrize("name", ["sub/rates", "../rates", "rates.svg", "two words", ""])
def test_a_name_that_is_a_path_is_refused(figure, tmp_path, name):
    with pytest.raises(fa.FramingError) as caught:
        fa.save_figure(figure, TABLE, name, folder=tmp_path / "new")
    assert str(caught.value) == (
        f"figure name {name!r}: only letters, digits, '-' and '_' are allowed; give the folder as folder=…"
    )
    assert not (tmp_path / "new").exists()  # refused before anything is written


def test_a_failure_leaves_the_old_file_and_no_other(figure, tmp_path, monkeypatch):
    (tmp_path / "rates.svg").write_bytes(b"old")

    def fails(file, **_):
        file.write(b"half a file")
        raise OSError("disk full")

    monkeypatch.setattr(figure, "savefig", fails)
    with pytest.raises(OSError, match=r"^disk full$"):
        fa.save_figure(figure, TABLE, "rates", folder=tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("rates.svg", b"old")]
