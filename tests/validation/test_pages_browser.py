"""The coding page in a real Chromium: code by keyboard, reload, undo, comment, save, and read back what was typed."""

import json
import re
from dataclasses import replace

import pytest
from chromium import PAYLOADS, launched, playwright, quiet_page
from coding_cases import CODEBOOK, SENTENCE, corpus_of, sample_of, towns
from hostile_texts import OWN

import analysis as fa
from analysis.validation.pages import write_page

expect = playwright.expect
N_ITEMS = 30  # 15 sentences with one match each


@pytest.fixture(scope="module")
def browser():
    with launched() as opened:
        yield opened


@pytest.fixture
def page(browser):
    with quiet_page(browser) as tab:
        yield tab


def saved(page, path):
    with page.expect_download() as download:
        page.keyboard.press("s")
    assert download.value.suggested_filename == "codings-A.json"
    download.value.save_as(path)
    return path


def at_item(page, number):
    expect(page.locator("#number")).to_have_text(f"Item {number} of {N_ITEMS}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_thirty_items_by_keyboard_with_a_reload_in_between(page, tmp_path):
    tokens = towns(N_ITEMS // 2)
    page.goto(write_page(sample_of(tokens), tokens, CODEBOOK, tmp_path / "coding.html", coder="A").as_uri())
    at_item(page, 1)
    expect(page.locator("mark")).to_have_text("weak")
    # What coders must not see is not in the file.
    for blind in ("SECRETSTRATUM", "Secret Courier", "Secret headline", "2025-01-02"):
        assert blind not in page.content()
    expected = {}
    for unit in range(N_ITEMS // 2):
        # By hand: keys 1 to 3 are weakness, strength and none; 1 and 2 the paper and somebody else.
        category, voice = ("weakness", "strength", "none")[unit % 3], ("narrator", "source")[unit % 2]
        press(page, str(unit % 3 + 1), str(unit % 2 + 1))
        expected |= {(f"u{unit:04}-1", "category"): category, (f"u{unit:04}-1", "voice"): voice}
        at_item(page, 2 * unit + 2)
        if unit == 3:  # a key pressed wrongly, seen on the next item, and taken back
            press(page, "3", "Enter", "2")
            at_item(page, 9)
            press(page, "u")
            at_item(page, 8)
            press(page, "u")
            at_item(page, 8)
        press(page, "1", "2", "1", "Enter", "1")  # weakness is switched on and off again
        expected |= {(f"u{unit:04}", "missed"): "strength", (f"u{unit:04}", "relevant"): "yes"}
        if unit == 6:
            press(page, "ArrowLeft", "c")
            page.keyboard.type("I am not sure; 1, u or ?")
            press(page, "Escape", "ArrowRight")
            saved(page, tmp_path / "between.json")
            page.reload()
            at_item(page, 15)
            expect(page.locator("#progress")).to_contain_text("14 of 30 coded")
    expect(page.locator("#finished-title")).to_have_text("All 30 items are coded")
    codings = json.loads(saved(page, tmp_path / "codings.json").read_text(encoding="utf-8"))
    got = {(row["item"], row["variable"]): row["value"] for row in codings["codings"]}
    assert got == expected
    # By hand: units 3's wrong answers are overwritten; the comment stands at both answers of item 14.
    assert {row["item"] for row in codings["codings"] if row["comment"]} == {"u0006"}
    assert [row["place"] for row in codings["codings"][::2]] == [*range(1, 31)]
    between = json.loads((tmp_path / "between.json").read_text(encoding="utf-8"))
    assert between["n_codings"] == 28
    assert {name: codings[name] for name in ("sample_id", "coder", "codebook", "codebook_version", "n_items")} == {
        "sample_id": "s1", "coder": "A", "codebook": "small", "codebook_version": "2", "n_items": 30,
    }  # fmt: skip


def test_buttons_a_question_anew_and_the_end(page, tmp_path):
    tokens = towns(1)
    page.goto(write_page(sample_of(tokens), tokens, CODEBOOK, tmp_path / "coding.html", coder="A").as_uri())
    # The emoji before the match is two units of JavaScript, and one of the table.
    expect(page.locator(".passage")).to_contain_text("Rain fell on “town” 0.")
    page.get_by_role("button", name="No frame of these").click()
    page.get_by_role("button", name="Somebody else").click()
    expect(page.locator("#asked")).to_have_text(
        "The whole sentence is asked about; what a search found in it is underlined."
    )
    expect(page.locator(".unit").first).to_have_text(SENTENCE.format(0))
    expect(page.locator("mark.unit")).to_have_text("weak")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("Nothing is chosen")
    # "None" holds alone.
    press(page, "1", "2", "3")
    expect(page.locator("[aria-pressed=true]")).to_have_text(["3None"])
    page.get_by_role("button", name="Confirm").click()
    press(page, "2")
    expect(page.get_by_role("heading", name="All 2 items are coded")).to_be_visible()
    # Coming back, an answer moves to the next question and skips none.
    press(page, "ArrowLeft", "ArrowLeft", "1")
    expect(page.locator("fieldset.active legend")).to_have_text("Who says it?")
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Codebook")
    expect(dialog).to_contain_text("Somebody lacks strength.")
    expect(dialog.get_by_role("listitem")).to_have_text(["a weak mayor", "Not of metals."])
    press(page, "?")
    expect(dialog).to_be_hidden()


def test_a_browser_that_keeps_nothing_warns_and_goes_on_from_a_file(page, tmp_path):
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('refused', 'QuotaExceededError'); };"
    )
    tokens = towns(2)
    path = write_page(sample_of(tokens), tokens, CODEBOOK, tmp_path / "coding.html", coder="A")
    page.goto(path.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This browser keeps nothing")
    press(page, "2", "1")
    expect(page.locator("#progress")).to_have_text("1 of 4 coded")
    file = saved(page, tmp_path / "codings.json")
    page.reload()
    expect(page.locator("#progress")).to_have_text("0 of 4 coded")
    page.locator("#load").set_input_files(file)
    expect(page.locator("#progress")).to_have_text("1 of 4 coded")
    expect(page.get_by_role("button", name="Strength")).to_have_attribute("aria-pressed", "true")
    file.write_text(file.read_text(encoding="utf-8").replace('"s1"', '"s2"'), encoding="utf-8")
    page.locator("#load").set_input_files(file)
    expect(page.get_by_role("status")).to_have_text("This file has sample id “s2”, this page “s1”; nothing was taken.")


def test_nothing_runs_from_articles_or_codebooks(page, tmp_path):
    texts = [*PAYLOADS, *OWN]
    tokens = corpus_of([f"First {text}\n\nIt is weak {text}\n\nLast {text}" for text in texts])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"x": ["weak"]}))
    sample = sample_of(towns(len(texts)))
    for about in ("match", "unit"):
        own = sample["about"] == about
        sample.loc[own, ["sentence", "start", "end"]] = hits[["sentence", "start", "end"]].to_numpy()
        sample.loc[own, "unit_start"] = hits["start"].to_numpy() - len("It is ")
        sample.loc[own, "unit_end"] = hits["end"].to_numpy() + [1 + len(text) for text in texts]
    sample.attrs["corpus_hash"] = tokens.corpus_hash
    hostile = replace(
        CODEBOOK,
        name=texts[1],
        version=texts[4],
        variables=tuple(
            replace(
                one, question=text, values=tuple(replace(value, label=text, definition=text) for value in one.values)
            )
            for one, text in zip(CODEBOOK.variables, texts, strict=False)
        ),
    )
    page.goto(write_page(sample, tokens, hostile, tmp_path / "coding.html", coder="A").as_uri())
    press(page, "?", "Escape", "m")
    for number in range(len(texts)):
        press(page, "1", "ArrowRight", "ArrowRight")
        if number == 0:
            expect(page.locator("#number")).to_contain_text("Item 3 of")
    expect(page.get_by_role("heading", name="The end")).to_be_visible()
    assert page.evaluate("window.ran") is None


def test_of_two_thousand_items_one_is_in_the_page(page, tmp_path):
    tokens = towns(1000)
    page.goto(write_page(sample_of(tokens), tokens, CODEBOOK, tmp_path / "coding.html", coder="A").as_uri())
    expect(page.locator("#number")).to_have_text("Item 1 of 2,000")
    n_elements = page.evaluate("document.querySelectorAll('*').length")
    press(page, "1", "1", "3", "Enter", "1")
    expect(page.locator("#number")).to_have_text("Item 3 of 2,000")
    assert page.evaluate("document.querySelectorAll('*').length") == n_elements
    expect(page.locator(".passage")).to_have_text(re.compile("town” 1"))
