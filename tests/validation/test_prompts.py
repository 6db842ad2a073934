"""The prompt says what people are told, and what a model answers in its form is read as a model's codings."""

from dataclasses import replace

from coding_cases import CODEBOOK, sample_of, towns

import analysis as fa
from analysis.validation.codebooks import Variable

TONE = Variable("tone", "How strong is it?", "match", "other", level="interval", number=(-1.0, 1.0))


def test_the_prompt_holds_all_that_coders_are_told():
    codebook = replace(CODEBOOK, variables=(TONE, *CODEBOOK.variables), rules=("Read the whole sentence.",))
    lines = fa.validate.prompt(codebook).splitlines()
    for line in (
        "Question category (asked about a match: the words between [[ and ]]): Which frame do the marked words carry?",
        "Codes (exactly one):",
        "- weakness = Weakness: Somebody lacks strength.",
        "  example: a weak mayor",
        "  rule: Not of metals.",
        "Codes (several may hold; 'none' only alone):",
        "Answer with a number from -1 to 1.",
        "Rule: Read the whole sentence.",
    ):
        assert line in lines


def test_an_answer_in_the_form_of_the_prompt_is_read_as_a_models(tmp_path):
    tokens = towns(1)
    sample = sample_of(tokens)
    lines = fa.validate.prompt(CODEBOOK, sample=sample, coder="model-1").splitlines()
    (header,) = [number for number, line in enumerate(lines) if line.startswith("coder,")]
    example = lines[header + 1]
    answer = [lines[header]] + [
        example.replace("u0001", item).replace("relevant", variable).replace("CODE", value)
        for item, variable, value in (
            ("u0000-1", "category", "weakness"), ("u0000-1", "voice", "source"), ("u0000", "missed", "none"), ("u0000", "relevant", "yes"),
        )
    ]  # fmt: skip
    (tmp_path / "answer.csv").write_text("\n".join(answer), encoding="utf-8")
    codings = fa.validate.read_codings(tmp_path / "answer.csv", sample=sample, codebook=CODEBOOK)
    assert codings.rejected.empty
    assert codings.notes == ()
    assert codings.table[["coder", "kind"]].drop_duplicates().to_numpy().tolist() == [["model-1", "model"]]
    assert codings.table["value"].tolist() == ["weakness", "source", "none", "yes"]


def test_the_texts_of_items_mark_the_match_and_hide_where_it_was_found():
    tokens = towns(2)
    table = fa.validate.item_texts(sample_of(tokens), tokens)
    # By hand, of the second town.
    assert table.iloc[2].tolist() == [
        "u0001-1", "match", "Rain fell on “town” 1.", "The mayor of town 1 is [[weak]] 🙂.", "Nobody at the port replied to us in 1.", "weak",
    ]  # fmt: skip
    assert table.iloc[3][["item", "about", "text", "words"]].tolist() == [
        "u0001",
        "unit",
        "The mayor of town 1 is [[weak]] 🙂.",
        "",
    ]
    assert table.columns.tolist() == ["item", "about", "before", "text", "after", "words"]
