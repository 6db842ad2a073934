"""The workbench without a browser: what its fields and buttons do."""

import shutil

import pytest
from coded_units import codings, unit

import analysis as fa
from analysis.extending.decisions import read_decisions
from analysis.extending.trial_html import counts_html, lines_html, message_html, trial_html
from analysis.extending.trials import try_entry
from analysis.extending.workbench import Workbench

SMALL = """\
name: small
version: "1"
categories:
  weakness: [weak]
  calm:
    - quiet  # and still
"""


@pytest.fixture
def tokens(encode):
    return encode(body=["Weak and feeble talks.", "A feeble <i>deal</i> & more."], outlet=["x", "<y>"])


@pytest.fixture
def bench(tmp_path, tokens):
    path = tmp_path / "small.yml"
    path.write_text(SMALL, encoding="utf-8")
    return Workbench(tokens, path, "weakness", decisions=tmp_path / "decisions.csv", coder="ab")


def press(bench, label):
    """Click the button of that label, as the front end does."""

    def within(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from within(child)

    next(widget for widget in within(bench.view) if getattr(widget, "description", "") == label).click()


def test_what_is_typed_is_tried(bench):
    bench.entry.value = "feeble"
    assert "<b>2 hits</b> in 2 articles, <b>2 new</b> to weakness" in bench.results.value
    bench.entry.value = "feeble**"
    assert "two wildcards in a row" in bench.results.value
    bench.entry.value = ""
    assert "Type an entry" in bench.results.value


def test_accepted_entries_wait_and_are_saved(bench):
    bench.entry.value, bench.reason.value, bench.exceptions.value = "feeble", "of talks", "feeble light | feeble sun"
    press(bench, "Accept")
    bench.entry.value = "feeble*"
    press(bench, "Accept")
    press(bench, "Take back")
    assert "To be saved: feeble (weakness)." in bench.waiting.value
    assert bench.file.path.read_text(encoding="utf-8") == SMALL
    press(bench, "Save")
    assert "small.yml is now version 2" in bench.status.value
    new = fa.read_lexicon(bench.file.path).entries[1]
    assert (new.text, new.exceptions, new.note) == ("feeble", ("feeble light", "feeble sun"), "of talks")
    bench.entry.value = "feeble"
    assert "<b>0 new</b> to weakness (2 it has already)" in bench.results.value
    press(bench, "Save")
    assert "there is no entry to add" in bench.status.value


def test_an_entry_that_is_there_already_is_not_accepted(bench):
    bench.entry.value = "Weak"
    press(bench, "Accept")
    assert "stands twice in category" in bench.status.value
    assert bench.pending == []
    assert not (bench.file.path.parent / "decisions.csv").exists()


def test_decisions_are_recorded_and_not_suggested_again(bench, tmp_path):
    bench.entry.value, bench.reason.value = "tea", "a drink"
    press(bench, "Reject")
    table = read_decisions(tmp_path / "decisions.csv")
    columns = ["lexicon", "category", "word", "verdict", "reason", "coder"]
    assert table[columns].to_numpy().tolist() == [["small", "weakness", "tea", "reject", "a drink", "ab"]]
    press(bench, "Reject")
    assert "the word is empty" in bench.status.value


def test_a_file_changed_meanwhile_is_read_again(bench):
    bench.entry.value = "feeble"
    press(bench, "Accept")
    bench.file.path.write_text(SMALL.replace("calm:", "peace:"), encoding="utf-8")
    press(bench, "Save")
    assert "was changed since it was read" in bench.status.value
    press(bench, "Read again")
    assert bench.category.options == ("weakness", "peace")
    press(bench, "Save")
    assert fa.read_lexicon(bench.file.path).category_names == ("weakness", "peace")
    assert fa.read_lexicon(bench.file.path).version == "2"


def test_without_vectors_for_a_category_it_says_so(bench):
    press(bench, "Suggest words")
    assert bench.suggestions.children == ()
    assert "vector" in bench.status.value


def test_its_text_is_the_same_on_every_run(bench):
    bundle = bench._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == repr(bench) == "Workbench(small 1, 2 categories, 2 articles)"
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_an_unknown_category_is_named(bench, tokens):
    with pytest.raises(fa.LexiconError, match="no category 'calmness'; it has 'weakness', 'calm'"):
        Workbench(tokens, bench.file.path, "calmness")


def test_text_of_articles_and_lexicons_cannot_act(tokens):
    trial = try_entry(tokens, "feeble")
    shown = trial_html(trial) + message_html("<u>", "red")
    assert "<i>" not in shown
    assert "<y>" not in shown
    assert "<u>" not in shown
    assert "&lt;i&gt;deal&lt;/i&gt; &amp; more" in shown
    assert "no words" in shown


def test_of_many_outlets_those_with_most_hits_are_shown(encode):
    # Outlet k has k hits in k + 1 words; 12 of 14 are shown, so o0 and o1 are the others: 1 hit in 1 + 2 words.
    texts = ["hit " * number + "end." for number in range(14)]
    shown = counts_html(try_entry(encode(body=texts, outlet=[f"o{number}" for number in range(14)]), "hit"))
    rows = [row.split("</th>")[0].rpartition(">")[2] for row in shown.split("<tr>")[2:]]
    assert rows == [*(f"o{number}" for number in range(13, 1, -1)), "2 other outlets", "all outlets"]
    # 1 of 3 words is 333.33 in 1,000; all outlets: 91 hits (0 + 1 + … + 13) in 91 + 14 words.
    assert "333.33" in shown.split("2 other outlets")[1].split("</tr>")[0]
    assert "866.67" in shown.split("all outlets")[1]


def test_articles_without_an_outlet_have_a_row_and_lines(encode):
    trial = try_entry(encode(body=["Hit.", "One more hit."], outlet=["o", ""]), "hit")
    assert "(none)</th>" in counts_html(trial)
    assert "(none), lead</td>" in lines_html(trial)


def test_without_ipywidgets_it_says_what_to_install(bench, tokens, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    with pytest.raises(fa.FramingError, match=r"needs ipywidgets.*media-framing-analysis\[notebooks\]"):
        Workbench(tokens, bench.file.path)


def test_the_shipped_lexicon_opens(tmp_path, tokens):
    from analysis.core.shipped import shipped

    shutil.copy(shipped("frames.yml"), tmp_path)
    assert len(Workbench(tokens, tmp_path / "frames.yml").category.options) == 12


def accept(bench, word):
    bench.entry.value = word
    press(bench, "Accept")


def test_saving_names_the_file_and_keeps_the_original_once(bench):
    accept(bench, "feeble")
    press(bench, "Save")
    original = bench.file.path.with_name("small-1.yml")
    assert f"{bench.file.path} is now version 2" in bench.status.value
    assert f"The original is {original}." in bench.status.value
    accept(bench, "frail")
    press(bench, "Save")
    assert original.read_text(encoding="utf-8") == SMALL
    names = {path.name for path in bench.file.path.parent.iterdir()}
    assert names == {"small.yml", "small-1.yml", "decisions.csv"}


def test_another_name_is_a_new_file_and_the_old_one_stays(bench):
    old = bench.file.path
    accept(bench, "feeble")
    bench.target.value = str(old.with_name("mine.yml"))
    press(bench, "Save")
    assert old.read_text(encoding="utf-8") == SMALL
    assert [entry.text for entry in fa.read_lexicon(old.with_name("mine.yml")).entries] == ["weak", "feeble", "quiet"]
    assert f"{old} is as it was." in bench.status.value
    accept(bench, "frail")
    bench.target.value = str(old)
    press(bench, "Save")
    assert "there is a file of this name already, so nothing was saved" in bench.status.value


def test_what_was_done_is_taken_back_step_by_step(bench, tmp_path):
    accept(bench, "feeble")
    press(bench, "Save")
    bench.entry.value = "tea"
    press(bench, "Reject")
    press(bench, "Take back")
    assert "is no longer rejected" in bench.status.value
    assert read_decisions(tmp_path / "decisions.csv")["word"].tolist() == ["feeble"]
    press(bench, "Take back")
    assert "is as before this save" in bench.status.value
    assert bench.file.path.read_text(encoding="utf-8") == SMALL
    assert "To be saved: feeble (weakness)." in bench.waiting.value
    press(bench, "Take back")
    assert bench.pending == []
    assert read_decisions(tmp_path / "decisions.csv").empty
    press(bench, "Take back")
    assert "there is nothing to take back" in bench.status.value


def test_a_save_is_not_taken_back_over_the_change_of_somebody_else(bench):
    accept(bench, "feeble")
    press(bench, "Save")
    changed = bench.file.path.read_text(encoding="utf-8").replace("calm:", "peace:")
    bench.file.path.write_text(changed, encoding="utf-8")
    press(bench, "Read again")
    press(bench, "Take back")
    assert "was changed since it was read" in bench.status.value
    assert bench.file.path.read_text(encoding="utf-8") == changed


def test_suggestions_come_without_vectors_and_with_what_they_bring(encode, tmp_path):
    # "ruler" stands in each of the 6 articles with a hit and in no other.
    tokens = encode(*["The weak ruler went home."] * 6, *["Birds sang at noon."] * 6)
    (tmp_path / "small.yml").write_text(SMALL, encoding="utf-8")
    bench = Workbench(tokens, tmp_path / "small.yml", "weakness")
    press(bench, "Suggest words")
    rows = {row.children[1].description: row.children[0].value for row in bench.suggestions.children}
    assert "key word: 6 new, 6 articles" in rows["ruler"]
    # By hand: 6 · 5 + 6 · 4 words.
    assert "weakness has hits in 6 sentences of 12 articles (54 words)" in bench.status.value
    shown = list(bench.suggestions.children)
    press(bench, "Near in meaning")
    assert "needs word vectors, which begin to work at about" in bench.status.value
    assert list(bench.suggestions.children) == shown


def test_the_worst_entries_of_the_category_are_listed_by_what_people_coded(bench):
    coded = codings(unit("u1", "a1", "body", (0, 22), [(0, 4, "none")], "weakness"))
    bench.show_worst(coded)
    (row,) = bench.suggestions.children
    label, choose = row.children
    assert choose.description == "weak"
    assert "0 of 1 right, precision 0.00; about 1 of 1 wrong in the corpus" in label.value
    assert "Weak and feeble talks." in label.value
    choose.click()
    assert bench.entry.value == "weak"
    assert "1 entry of weakness with coded hits" in bench.status.value
