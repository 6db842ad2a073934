"""Mistakes in codebooks: each with its line, what was found, what is allowed and what to do."""

import pytest

import analysis as fa

HEAD = "codebook: c\nversion: 1\nvariables:\n"
RELEVANT = "  relevant:\n    question: Does it belong?\n    about: unit\n    measures: relevant\n    values: {yes: {}, no: {}}\n"
FRAME = (
    "  frame:\n    question: Which?\n    about: match\n    measures: category\n"
    "    values:\n      weakness: weak\n      none: none of these\n"
)


@pytest.fixture
def read(tmp_path):
    def of_text(text: str) -> fa.validate.Codebook:
        path = tmp_path / "book.yml"
        path.write_text(text, encoding="utf-8")
        return fa.validate.read_codebook(path)

    return of_text


def test_a_short_codebook_is_read(read):
    book = read(HEAD + FRAME + RELEVANT)
    assert [one.name for one in book.variables] == ["frame", "relevant"]
    assert [(value.code, value.label) for value in book.variables[0].values] == [
        ("weakness", "weak"),
        ("none", "none of these"),
    ]
    assert book.variables[1].codes == ("yes", "no")


def variable(**fields: str) -> str:
    """Return a codebook with one variable, whose fields stand from line 5 on, and relevant behind it."""
    known = {"question": "Which?", "about": "unit", "measures": "other", "values": "{a: {}, b: {}}"} | fields
    return HEAD + "  x:\n" + "".join(f"    {key}: {value}\n" for key, value in known.items() if value) + RELEVANT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "line 1: a codebook is a list; write a mapping with codebook, version"),
        ("", "the file is empty; write a codebook, as in data/codebooks/frames.yml"),
        ("version: 1\nvariables:\n" + RELEVANT, "line 1: 'codebook' is missing; write 'codebook: …'"),
        ("codebook: c\nversion:\nvariables:\n" + RELEVANT, "line 2: 'version' is empty; write 'version: …'"),
        ("codebook: c\nversion: 1\n", "line 1: 'variables' needs a mapping of at least one"),
        (HEAD + FRAME, "line 3: no variable measures relevant, which is always asked; add relevant: "),
        ("codebok: c\n" + HEAD + RELEVANT, "line 1: unknown key 'codebok' in a codebook; .*did you mean 'codebook'"),
        (variable(question=""), "line 4: variable 'x': 'question' is missing"),
        (variable(about="sentence"), "line 6: variable 'x': 'about' is 'sentence'; allowed are match, unit"),
        (variable(about=""), "line 4: variable 'x': 'about' is missing; allowed are match, unit"),
        (variable(measures="catgory"), "line 7: variable 'x': 'measures' is 'catgory'; allowed are .*did you mean 'category'"),
        (variable(measures="category", values="{a: {}, none: {}}"), "line 6: .* and is about 'unit'; category is asked about a match"),
        (variable(measures="present"), "line 4: .* measures present and has no code 'none'; add"),
        (variable(measures="present", values="", text="true"), "line 4: .* measures present and has no values"),
        (variable(measures="dominant", values="{a: {}, none: {}}", several="true"), "takes several values; it takes one"),
        (variable(level="nominl"), "line 9: variable 'x': 'level' is 'nominl'"),
        (variable(level="ratio"), "line 9: variable 'x' has the level ratio; write number, or values whose codes are numbers"),
        (variable(several="yes"), "line 9: variable 'x': 'several' is 'yes'; allowed are true, false"),
        (variable(values="{a: {}}"), "line 8: variable 'x' has 1 value; coders need two"),
        (variable(values="[a, b]"), "line 8: variable 'x': values is a list; write a mapping of codes"),
        (variable(values="{a: {}, A: {}}"), "line 8: variable 'x': codes 'a' and 'A' differ in capitals only"),
        (variable(values="{a;b: {}, c: {}}"), "line 8: variable 'x': code 'a;b'; allowed is a word"),
        (variable(values="{a: {}, b: {lable: c}}"), "line 8: unknown key 'lable' in value 'b' of variable 'x'; .*did you mean 'label'"),
        (variable(values=""), "line 4: variable 'x' has no answers; write one of values, values_of, number, text"),
        (variable(text="true"), "line 4: variable 'x' has 'values' and 'text'; write one of"),
        (variable(values="", text="perhaps"), "line 8: variable 'x': text 'perhaps'; allowed is true"),
        (variable(values="", values_of="relevnt"), "line 8: variable 'x': values_of 'relevnt', which is no variable with values; such are relevant"),
        (variable(values="", number="{from: 3, to: 1}", level="ratio"), "line 8: variable 'x': number with from 3, to 1; write"),
        (variable(values="", number="{from: 3}", level="ratio"), "number with from 3, to missing"),
        (variable(values="", number="{from: 0, to: 1}"), "asks for a number and has the level nominal; allowed are interval and ratio"),
        (variable(values="", text="true", several="true"), "takes several values and has none"),
        (variable(rules="one"), "line 9: a list is expected here, found 'one'"),
        (variable().replace("  x:", "  1x:"), "line 4: variable '1x': a name has letters, digits and _"),
        (HEAD + RELEVANT + RELEVANT, "line 9: 'relevant' stands here for the second time"),
        (HEAD + RELEVANT + RELEVANT.replace("  relevant:", "  other:"), "line 9: variables 'relevant' and 'other' both measure relevant"),
        (HEAD + RELEVANT.replace("no: {}", "maybe: {}"), "line 4: .* measures relevant and has the codes yes, maybe; allowed are yes and no"),
        (HEAD + RELEVANT + "search: {retrieved: 2.11.2026}\n", "line 9: retrieved '2.11.2026'; write the day as 2026-11-28"),
        (HEAD + RELEVANT + "search: {databse: x}\n", "line 9: unknown key 'databse' in search; .*did you mean 'database'"),
        (HEAD + "  x: [\n", "not valid YAML"),
        (HEAD + RELEVANT + "---\na: b\n", "a second document begins; a codebook file holds one"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_remedy(read, text, message):
    with pytest.raises(fa.validate.CodebookError, match=message) as caught:
        read(text)
    assert "book.yml" in str(caught.value)
    assert "lexicon file" not in str(caught.value)


def test_all_mistakes_are_told_at_once(read):
    with pytest.raises(fa.validate.CodebookError) as caught:
        read(variable(about="word", level="high"))
    assert len(str(caught.value).splitlines()) == 2


def test_values_may_be_those_of_another_variable(read):
    more = "  further:\n    question: Which else?\n    about: unit\n    measures: missed\n    several: true\n    values_of: frame\n"
    book = read(HEAD + FRAME + more + RELEVANT)
    assert book.measuring("missed").values == book.measuring("category").values


def test_numbers_and_words_are_read_as_they_stand(read):
    book = read(variable(values="", number="{from: -2, to: 2}", level="interval"))
    assert book.variables[0].number == (-2.0, 2.0)
    assert read(variable(values="", text="true")).variables[0].values == ()
    assert read(variable(values="{1: low, 2: high}", level="ordinal")).variables[0].codes == ("1", "2")


def test_what_is_no_path_and_what_is_not_there_is_told(tmp_path):
    with pytest.raises(fa.validate.CodebookError, match="found None; give the path of a codebook"):
        fa.validate.read_codebook(None)
    with pytest.raises(fa.validate.CodebookError, match="cannot be read"):
        fa.validate.read_codebook(tmp_path / "none.yml")
