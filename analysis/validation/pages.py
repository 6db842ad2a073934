"""The coding page: one HTML file with which a coder works offline, by keyboard, finger or screen reader."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.core.errors import FramingError
from analysis.core.escaping import content_policy, in_cell
from analysis.core.files import write_whole
from analysis.core.near import known_names
from analysis.core.origin import fact
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens
from analysis.validation.codebooks import Codebook, Variable
from analysis.validation.passages import Passage, marked_spans, passages_of
from analysis.validation.work import work_of

_SCRIPTS = ("state.js", "view.js")
# Inside a script element nothing but a "<" can end it or begin a comment; the two line ends are not JavaScript's in old browsers.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_page(
    sample: pd.DataFrame,
    tokens: TokensLike,
    codebook: Codebook,
    path: str | Path,
    *,
    coder: str,
    show: str | Sequence[str] = (),
) -> Path:
    """Write the coding page of one coder: an HTML file that opens without a network and needs nothing installed.

    It shows one item after another in its context, asks the questions of the codebook, and takes answers by the keys 1 to 9. What was
    coded is kept in the browser, so that the page can be closed; "Save" writes it to a small file, ``codings-CODER.json``, which
    `read_codings` reads. Categories, outlets and dates are not in the file, unless `show` asks for columns of the articles.

    Parameters
    ----------
    sample : pandas.DataFrame
        SAMPLE, as `analysis.sample` returned it; the items of `coder` are taken.
    tokens : Tokens
        The corpus that the sample was drawn from.
    codebook : Codebook
        Questions, codes, definitions.
    path : str or pathlib.Path
        The file to write.
    coder : str
        Who codes, as the sample's column ``coders`` names them.
    show : str or list of str
        Columns of ARTICLES to show beside each item, such as "outlet" or "headline". What coders see of an article may move their codings.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    SchemaError
        When the sample is of another corpus, or has no item for the coder.
    FramingError
        When a column to show is not in ARTICLES.
    """
    write_whole(Path(path), coding_page(sample, tokens, codebook, coder=coder, show=show))
    return Path(path)


def coding_page(
    sample: pd.DataFrame, tokens: TokensLike, codebook: Codebook, *, coder: str, show: str | Sequence[str] = ()
) -> bytes:
    """Return the file that `write_page` writes; raises as that does."""
    tokens = tokens_of("write_page(sample, tokens, codebook, path, coder=…)", tokens)
    work = work_of(sample, coder)
    shown = [show] if isinstance(show, str) else list(show)
    unknown = [name for name in shown if name not in tokens.articles.columns]
    if unknown:
        raise FramingError(
            f"write_page: show={unknown[0]!r} is no column of the articles; {known_names(unknown[0], tokens.articles.columns)}"
        )
    data = {
        "sample_id": str(fact(sample, "sample_id")),
        "coder": coder,
        **codebook.named,
        "rules": list(codebook.rules),
        "variables": [_variable(variable) for variable in codebook.variables],
    } | _items(work, tokens, shown)
    return _page(data).encode("utf-8")


def _page(data: dict[str, Any]) -> str:
    loader = PackageLoader("analysis.validation")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_printable)
    sources = {name: loader.get_source(environment, name)[0] for name in (*_SCRIPTS, "coding.css")}
    script = "\n".join(sources[name] for name in _SCRIPTS)
    packed = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return environment.get_template("coding.html").render(
        codebook=data["codebook"],
        version=data["codebook_version"],
        coder=data["coder"],
        data=Markup(packed),
        script=Markup(script),
        sheet=Markup(sources["coding.css"]),
        policy=content_policy(script),
    )


def _printable(value: object) -> object:
    return in_cell(value) if type(value) is str else value


def _variable(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "question": variable.question,
        "about": variable.about,
        "several": variable.several,
        "rules": list(variable.rules),
        "number": list(variable.number) if variable.number else None,
        "values": [
            {
                "code": value.code,
                "label": value.label,
                "definition": value.definition,
                "examples": list(value.examples),
                "rules": list(value.rules),
            }
            for value in variable.values
        ],
    }


def _items(work: pd.DataFrame, tokens: Tokens, shown: list[str]) -> dict[str, Any]:
    """Return the units in the order of the work, and the items, each with the place of its unit."""
    passages = passages_of(work, tokens)
    firsts = work.drop_duplicates("unit_id")
    of_articles = tokens.articles.iloc[article_rows(firsts, tokens)][shown].astype("str").to_dict("records")
    units = [
        _unit(passages[unit], field == "", {str(name): value for name, value in article.items()})
        for unit, field, article in zip(firsts["unit_id"], firsts["field"], of_articles, strict=True)
    ]
    places = {unit: place for place, unit in enumerate(firsts["unit_id"])}
    spans = marked_spans(work, passages)
    items = [
        {"item": item, "about": about, "unit": places[unit], "spans": _in_utf16(passages[unit].text, spans[item])}
        for item, about, unit in work[["item", "about", "unit_id"]].itertuples(index=False)
    ]
    return {"units": units, "items": items}


def _unit(passage: Passage, is_article: bool, shown: dict[str, str]) -> dict[str, Any]:
    return {
        "left": passage.left,
        "text": passage.text,
        "right": passage.right,
        "near_left": _utf16(passage.left, len(passage.left))
        - _utf16(passage.left, len(passage.left) - passage.near_left),
        "near_right": _utf16(passage.right, passage.near_right),
        "cut_left": passage.is_cut_left,
        "cut_right": passage.is_cut_right,
        "is_article": is_article,
        "shown": list(shown.items()),
    }


def _in_utf16(text: str, spans: list[tuple[int, int]]) -> list[list[int]]:
    return [[_utf16(text, start), _utf16(text, end)] for start, end in spans]


def _utf16(text: str, place: int) -> int:
    """Return a place in a text, in code points, as JavaScript counts it."""
    return len(text[:place].encode("utf-16-le")) // 2
