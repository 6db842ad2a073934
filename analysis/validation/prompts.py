"""The codebook as a prompt for a language model, and the items to send with it; its answers come back as one more coder."""

from collections.abc import Iterator

import pandas as pd

from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.reading.given import TokensLike, tokens_of
from analysis.validation.codebooks import NONE, Codebook, Variable
from analysis.validation.csv_codings import NEEDED
from analysis.validation.given_codings import MODEL
from analysis.validation.passages import marked_spans, passages_of, pieces
from analysis.validation.work import SEVERAL

_OPENS, _CLOSES = "[[", "]]"
_ASKED = {"match": f"the words between {_OPENS} and {_CLOSES}", "unit": "the whole text"}
ITEM_TEXTS = TABLES["ITEM_TEXTS"]


def prompt(codebook: Codebook, *, sample: pd.DataFrame | None = None, coder: str = MODEL) -> str:
    """Return a prompt that asks a language model what the codebook asks people, with the form of its answer.

    `item_texts` has the items to send with it. What the model answers is CSV, which `read_codings` reads; ``kind`` is model, so that it
    is never counted among people.

    Parameters
    ----------
    codebook : Codebook
        Questions, codes, definitions, examples and rules: the model is told what people are told.
    sample : pandas.DataFrame, optional
        The SAMPLE whose items are coded; its name then stands in each line of the answer, so that it is known again.
    coder : str
        What the model is called among the coders; name it with its version.

    Examples
    --------
    >>> import analysis as fa
    >>> codebook = fa.validate.draft_codebook({"weakness": ["weak"], "strength": ["strong"]})
    >>> print(fa.validate.prompt(codebook, coder="model-1")[:52])
    You code news texts by the codebook lexicon, version
    """
    facts = {"kind": MODEL} | ({"sample_id": str(sample.attrs["sample_id"])} if sample is not None else {})
    header = [*NEEDED, "comment", *facts]
    example = [coder, "u0001", codebook.variables[-1].name, "CODE", "", *facts.values()]
    lines = [
        f"You code news texts by the codebook {codebook.name}, version {codebook.version}. "
        f"Code only what stands in the texts, by the definitions below, and nothing that you know besides.",
        "",
        "Each item comes with its name, what it is about (match or unit), its text, and the sentences before and after. "
        f"An item about a match asks of {_ASKED['match']}; one about a unit asks of {_ASKED['unit']}, in which {_OPENS} and {_CLOSES} "
        f"show what a search has found already.",
        *_rules(codebook.rules),
        *(line for variable in codebook.variables for line in _question(variable)),
        "",
        "Answer in CSV alone, with this first line and then one line for each item and each question that is asked of it:",
        "",
        ",".join(header),
        ",".join(example),
        "",
        f"Write codes exactly as they stand above. Where several codes hold, part them by '{SEVERAL}'. Put a comment in quotation marks. "
        "Leave no item out; where you cannot decide, leave the value empty and say why in the comment.",
    ]
    return "\n".join(lines) + "\n"


def _question(variable: Variable) -> Iterator[str]:
    yield f"\nQuestion {variable.name} (asked about a {variable.about}: {_ASKED[variable.about]}): {variable.question}"
    if variable.number:
        yield f"Answer with a number from {variable.number[0]:g} to {variable.number[1]:g}."
    elif not variable.values:
        yield "Answer in words."
    else:
        several = f"several may hold; '{NONE}' only alone" if NONE in variable.codes else "several may hold"
        yield f"Codes ({several if variable.several else 'exactly one'}):"
    for value in variable.values:
        says = ": ".join(part for part in (value.label if value.label != value.code else "", value.definition) if part)
        yield f"- {value.code}" + (f" = {says}" if says else "")
        yield from (f"  example: {example}" for example in value.examples)
        yield from (f"  rule: {rule}" for rule in value.rules)
    yield from _rules(variable.rules)


def _rules(rules: tuple[str, ...]) -> Iterator[str]:
    yield from (f"Rule: {rule}" for rule in rules)


def item_texts(sample: pd.DataFrame, tokens: TokensLike) -> pd.DataFrame:
    """Return the text of each item of a sample, to send to a model or a service, or to read.

    Parameters
    ----------
    sample : pandas.DataFrame
        SAMPLE.
    tokens : Tokens
        The corpus that it was drawn from.

    Returns
    -------
    pandas.DataFrame
        ITEM_TEXTS, one row an item, in the order of the sample; nothing says which category was found, in which outlet or when.

    Raises
    ------
    SchemaError
        When the sample is of another corpus.
    """
    passages = passages_of(sample, tokens_of("item_texts(sample, tokens)", tokens))
    spans = marked_spans(sample, passages)
    rows = []
    for item, about, unit in sample[["item", "about", "unit_id"]].itertuples(index=False):
        passage = passages[unit]
        parts = list(pieces(passage.text, spans[item]))
        text = "".join(f"{_OPENS}{part}{_CLOSES}" if is_marked else part for part, is_marked in parts)
        words = "".join(part for part, is_marked in parts if is_marked) if about == "match" else ""
        rows.append((item, about, passage.before, text, passage.after, words))
    table = pd.DataFrame(rows, columns=list(ITEM_TEXTS.names), dtype="str")
    return ITEM_TEXTS.check(with_origin(table, sample))
