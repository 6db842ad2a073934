"""Labels of categories in a lexicon file: what loads, what is written again, and what each mistake says."""

from dataclasses import replace

import pytest

import analysis as fa
from analysis.lexicons.writing import differences

TOP = 'name: small\nversion: "1"\nlanguage: en\ncategories:\n'


def load(tmp_path, text, top=TOP):
    path = tmp_path / "lexicon.yml"
    path.write_text(top + text, encoding="utf-8")
    return fa.read_lexicon(path)


def test_a_label_is_a_text_or_a_text_for_each_language(tmp_path):
    lexicon = load(
        tmp_path,
        "  war:\n    label: War and force\n    short_label: {no: Krig, en: force}\n    entries: [war]\n  law: [court]\n",
    )
    war, law = lexicon.categories
    # The lexicon's own language comes first.
    assert (war.label, war.short_label) == ((("en", "War and force"),), (("en", "force"), ("no", "Krig")))
    assert (law.label, law.short_label) == ((), ())


def test_labels_change_no_hash_and_are_kept_in_every_own_form(tmp_path):
    text = "  war:\n    label: {de: Krieg, en: war and force}\n    short_label: force\n    entries: [war]\n"
    lexicon, plain = load(tmp_path, text), load(tmp_path, "  war: [war]\n")
    assert lexicon.hash == plain.hash
    assert "labels" not in plain.origin
    for name in ("again.yml", "again.json"):
        assert fa.write_lexicon(lexicon, tmp_path / name) == []
        assert fa.read_lexicon(tmp_path / name).categories == lexicon.categories
    assert any("label" in loss for loss in fa.write_lexicon(lexicon, tmp_path / "again.csv"))
    bare = replace(lexicon, categories=(replace(lexicon.categories[0], label=()),))
    assert differences(lexicon, bare) == ["1 category has another label, or none: 'war'"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # By hand: the lines are counted with the four of TOP.
        ("  war:\n    lable: War\n    entries: [war]\n",
         "line 6: unknown key 'lable' in category 'war'; allowed are definition, valence, entries, examples, parent, label, "
         "short_label; did you mean 'label'?"),
        ("  war:\n    label: [War]\n    entries: [war]\n",
         "line 6: label of category 'war' is a list; write one text, or a text for each language: {en: …, de: …}"),
        ("  war:\n    label:\n      en: War\n      de: [Krieg]\n    entries: [war]\n",
         "line 8: label of category 'war' must be a text here, found a list or mapping; write the text alone"),
        ("  war:\n    label: ''\n    entries: [war]\n",
         "line 6: label of category 'war' is empty; write a text or take the line out"),
        ("  war:\n    label: {}\n    entries: [war]\n",
         "line 6: label of category 'war' is empty; write a text or take the line out"),
        ("  war:\n    label: {german: Krieg}\n    entries: [war]\n",
         "line 6: label of category 'war' in the language 'german'; write the language as two letters (ISO 639-1), such as en"),
        ("  war:\n    short_label: nineteen characters\n    entries: [war]\n",
         "line 6: short_label of category 'war', 'nineteen characters', has 19 characters, and charts have room for 18; shorten it"),
        (f"  war:\n    label: {'x' * 41}\n    entries: [war]\n",
         f"line 6: label of category 'war', '{'x' * 41}', has 41 characters, and charts have room for 40; shorten it"),
        ("  war:\n    label: {en: Force, de: Krieg}\n    entries: [war]\n  law:\n    label: {en: Law, de: krieg}\n    entries: [court]\n",
         "line 9: 'krieg' would stand for both 'war' and 'law' where labels are drawn in de; give one of them another label"),
        # A category without a label is drawn by its name.
        ("  law_court:\n    entries: [court]\n  war:\n    label: Law court\n    entries: [war]\n",
         "line 8: 'Law court' would stand for both 'law_court' and 'war' where labels are drawn in en; give one of them another label"),
        ("  war:\n    short_label: force\n    entries: [war]\n  law:\n    label: force\n    entries: [court]\n",
         "line 9: 'force' would stand for both 'war' and 'law' where labels are drawn in en; give one of them another label"),
    ],
)  # fmt: skip
def test_mistakes_name_line_and_remedy(tmp_path, text, expected):
    with pytest.raises(fa.LexiconError) as caught:
        load(tmp_path, text)
    assert str(caught.value) == f"{tmp_path / 'lexicon.yml'}, {expected}"


def test_labels_in_a_lexicon_without_a_language_and_names_alike_without_labels_load(tmp_path):
    lexicon = load(
        tmp_path, "  tax_cut:\n    label: lower taxes\n    entries: [a]\n", 'name: n\nversion: "1"\ncategories:\n'
    )
    assert lexicon.categories[0].label == (("", "lower taxes"),)
    # No label says that these are one, and charts then draw both as typed.
    assert len(load(tmp_path, "  tax_cut: [a]\n  tax cut: [b]\n").categories) == 2
