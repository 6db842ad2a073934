"""The doctor: what is there, what is missing, and what to do about it."""

import pytest

from analysis.cli import main
from analysis.commands import doctor


def test_a_machine_that_has_all_is_told_so(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for name in (
        "python",
        "media-framing-analysis",
        "numpy",
        "pandas",
        "numba",
        "font of charts",
        "browser",
        "compile cache",
        "cues.yml",
    ):
        assert f" {name} " in out
    assert out.endswith("all that is needed is there\n")


def test_a_package_that_is_missing_is_named_with_its_remedy(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "requires", lambda name: ["numpy>=2", "no-such-package>=3"])
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "MISSING no-such-package         not installed; pip install 'no-such-package>=3', or make setup" in out
    assert "1 of " in out.splitlines()[-1]


def test_an_extra_that_is_missing_is_a_note():
    found = list(doctor.packages(["no-such-package>=3; extra == 'notebooks'", "numpy>=2; extra == 'notebooks'"]))[2:]
    assert [(one.name, one.is_needed) for one in found] == [("no-such-package", False)]
    assert "media-framing-analysis[notebooks]" in found[0].remedy


def test_no_browser_is_a_note(monkeypatch):
    monkeypatch.delenv("FRAMING_CHROMIUM", raising=False)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert doctor.browser() == doctor.Finding("browser", "none", doctor.browser().remedy, is_needed=False)
    assert "install chromium" in doctor.browser().remedy


def test_a_lexicon_that_is_not_there_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "shipped", lambda name: tmp_path / name)
    monkeypatch.setattr(doctor, "CORPUS", tmp_path / "articles")
    *lexicons, corpus = doctor.data()
    assert all(one.is_needed and one.remedy for one in lexicons)
    assert corpus.remedy and not corpus.is_needed


@pytest.mark.parametrize(
    ("kept", "state"),
    [([], "cold"), (["kernel.encode_fields-1.py311.nbi", "kernel.encode_fields-1.py311.1.nbc"], "warm")],
)
def test_the_compile_cache_says_where_it_is_and_whether_it_is_warm(monkeypatch, tmp_path, kept, state):
    from analysis.tokens import kernel

    folder = tmp_path / "tokens_1"
    folder.mkdir()
    for name in kept:
        (folder / name).write_bytes(b"x" * 1_000_000)

    class Stats:
        cache_path = str(folder)

    class Encode:
        stats = Stats

    monkeypatch.setattr(kernel, "encode_fields", Encode)
    found = doctor.compile_cache()
    assert found.found == f"{tmp_path}, {len(kept)} MB, {state}"
    assert bool(found.remedy) is (state == "cold")
