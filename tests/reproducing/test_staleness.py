"""A figure is out of date when its data, lexicon, code, parameters, notebook or files changed, and only then."""

import json
import shutil

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

import analysis as fa
from analysis.core import loaded_code
from analysis.reproducing.sources import read_source
from analysis.reproducing.staleness import begin_run, record_run, stale_figures

PARAMETERS = """from_path = Path("../data/articles")
lexicon_path = Path("../data/lexicons/mine.yml")
figures_folder = Path("../figures")
n_terms = 5"""


def write_notebook(path, *, parameters=PARAMETERS, code="draw(n_terms)"):
    cells = [
        nbformat.v4.new_code_cell("from pathlib import Path"),
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Return a project whose one notebook has drawn one figure; the tests change copies of it."""
    folder = tmp_path_factory.mktemp("drawn")
    for name, text in {"articles/a.txt": "A weak plan.", "lexicons/mine.yml": "weakness: [weak]"}.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    notebook = folder / "notebooks" / "01-terms.ipynb"
    write_notebook(notebook)
    source = begin_run(folder / "figures", notebook)
    figure, _ = plt.subplots()
    fa.save_figure(figure, pd.DataFrame({"n": [1]}), "terms", folder=folder / "figures", notebook="01-terms")
    plt.close(figure)
    record_run(folder / "figures", source)
    return folder


@pytest.fixture
def project(drawn, tmp_path):
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    return tmp_path


def reasons(project):
    found = stale_figures(project / "figures", project / "notebooks")
    assert set(found["notebook"]) <= {"01-terms"}
    return list(zip(found["figure"], found["reason"], strict=True))


def test_nothing_changed_nothing_is_stale(project):
    assert reasons(project) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data/articles/a.txt", "data changed: ../data/articles"),
        ("data/articles/new.txt", "data changed: ../data/articles"),
        ("data/lexicons/mine.yml", "lexicon changed: ../data/lexicons/mine.yml"),
        ("figures/terms.svg", "terms.svg is not as it was written"),
        ("figures/terms.csv", "terms.csv is not as it was written"),
    ],
)
def test_a_changed_file_is_named(project, name, expected):
    (project / name).write_text("another text", encoding="utf-8")
    assert reasons(project) == [("terms", expected)]


def test_a_missing_file_is_named(project):
    (project / "figures" / "terms.pdf").unlink()
    assert reasons(project) == [("terms", "terms.pdf is missing")]


def test_a_changed_parameter_is_named_with_both_values(project):
    write_notebook(project / "notebooks/01-terms.ipynb", parameters=PARAMETERS.replace("n_terms = 5", "n_terms = 6"))
    assert reasons(project) == [("terms", "parameter n_terms changed from 5 to 6")]


def test_where_figures_go_is_no_parameter_of_theirs(project):
    write_notebook(
        project / "notebooks/01-terms.ipynb", parameters=PARAMETERS.replace('"../figures"', '"../elsewhere"')
    )
    assert reasons(project) == []


def test_changed_code_of_the_notebook_counts_and_its_prose_does_not(project):
    path = project / "notebooks/01-terms.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("## Answer"))
    nbformat.write(notebook, path)
    assert reasons(project) == []
    write_notebook(path, code="draw(n_terms + 1)")
    assert reasons(project) == [("terms", "the notebook's code changed")]


def test_changed_code_of_the_package_is_named(project, monkeypatch):
    manifest = project / "figures" / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))
    known["figures"]["terms"]["code"] |= {"charts/style.py": "000000000000", "gone.py": "000000000000"}
    manifest.write_text(json.dumps(known), encoding="utf-8")
    assert reasons(project) == [("terms", "code changed: analysis/charts/style.py, analysis/gone.py")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text + "\n# A remark at the end.\n", []),
        (lambda text: text.replace("_DPI = 300", "_DPI  =  300  # dots an inch"), []),
        (lambda text: text.replace("_DPI = 300", "_DPI = 150"), [("terms", "code changed: analysis/charts/saving.py")]),
    ],
    ids=["a comment", "another form", "another constant"],
)
def test_a_constant_of_a_module_counts_and_a_comment_does_not(project, tmp_path, monkeypatch, change, expected):
    package = tmp_path / "package" / "analysis"
    shutil.copytree(loaded_code._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(loaded_code, "_PACKAGE", package)
    module = package / "charts" / "saving.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(change(text), encoding="utf-8")
    assert module.read_text(encoding="utf-8") != text
    assert reasons(project) == expected


def test_a_notebook_that_was_never_run_and_one_that_is_gone(project):
    write_notebook(project / "notebooks" / "02-new.ipynb")
    (project / "notebooks" / "01-terms.ipynb").unlink()
    found = stale_figures(project / "figures", project / "notebooks")
    assert found.to_numpy().tolist() == [
        ["", "02-new", f"never run for {project / 'figures' / 'manifest.json'}"],
        ["terms", "01-terms", "its notebook is gone; delete the figure, or bring the notebook back"],
    ]


def test_a_file_that_no_notebook_draws_is_named(project):
    (project / "figures" / "old.svg").write_text("<svg/>", encoding="utf-8")
    (project / "figures" / "old.csv").write_text("n", encoding="utf-8")
    found = stale_figures(project / "figures", project / "notebooks")
    assert found.to_numpy().tolist() == [["old", "", "no notebook draws it; delete its files"]]


def test_a_figure_that_its_notebook_draws_no_more_is_named(project):
    notebook = project / "notebooks" / "01-terms.ipynb"
    record_run(project / "figures", begin_run(project / "figures", notebook))
    found = stale_figures(project / "figures", project / "notebooks")
    assert found.to_numpy().tolist() == [["terms", "", "no notebook draws it; delete its files"]]


def test_what_changes_during_a_run_is_seen_after_it(project):
    source = begin_run(project / "figures", project / "notebooks" / "01-terms.ipynb")
    (project / "data/lexicons/mine.yml").write_text("weakness: [feeble]", encoding="utf-8")
    figure, _ = plt.subplots()
    fa.save_figure(figure, pd.DataFrame({"n": [1]}), "terms", folder=project / "figures", notebook="01-terms")
    plt.close(figure)
    record_run(project / "figures", source)
    assert reasons(project) == [("terms", "lexicon changed: ../data/lexicons/mine.yml")]


def test_a_changed_word_list_of_the_rules_is_named(project):
    manifest = project / "figures" / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))
    code = known["figures"]["terms"]["code"]
    assert {
        "data/lexicons/cues.yml",
        "english/words.txt",
        "english/first_names.txt",
        "reading/boilerplate.toml",
    } <= code.keys()
    code["data/lexicons/cues.yml"] = "000000000000"
    manifest.write_text(json.dumps(known), encoding="utf-8")
    assert reasons(project) == [("terms", "code changed: data/lexicons/cues.yml")]


def test_a_notebook_that_draws_nothing_is_never_stale(project):
    write_notebook(project / "notebooks" / "02-new.ipynb", parameters="n = 1")
    assert reasons(project) == []


def test_a_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(fa.FramingError) as caught:
        stale_figures(tmp_path, tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: no notebook there; run this in a checkout of the project, or name a corpus with --corpus"
    )


def test_a_notebook_without_parameters_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)
    with pytest.raises(fa.FramingError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}: 0 cells are tagged 'parameters'; tag the one that holds its parameters"


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("no notebook", encoding="utf-8")
    with pytest.raises(fa.FramingError, match=r"x\.ipynb: no notebook of format 4 can be read"):
        read_source(path)
