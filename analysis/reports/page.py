"""From content to HTML: everything that is not the project's own is escaped, and nothing but its one script may run."""

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.core.escaping import content_policy
from analysis.reports.drawings import visible

_NONE = "–"


def page(template: str, content: Mapping[str, Any]) -> str:
    """Return a page of the templates of this package.

    Parameters
    ----------
    template : str
        Its file name.
    content : mapping of str to any
        What the template names; strings are escaped unless they are ``Markup``.
    """
    loader = PackageLoader("analysis.reports")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": _number, "count": _count, "percent": _percent, "value": _value, "packed": _packed}
    script, sheet = (loader.get_source(environment, name)[0] for name in ("report.js", "report.css"))
    fixed = {"script": Markup(script), "sheet": Markup(sheet), "policy": content_policy(script)}
    return environment.get_template(template).render({**content, **fixed})


def _printable(value: object) -> object:
    return visible(value) if type(value) is str else value


def _packed(value: object) -> Markup:
    """Return a value as JSON in UTF-8, deflated, in base 64: a third of its size, and no letter of it can act in a page."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(base64.b64encode(zlib.compress(text.encode("utf-8"))).decode("ascii"))


def _number(value: float) -> str:
    return _NONE if pd.isna(value) else f"{value:,.2f}"


def _count(value: float) -> str:
    return _NONE if pd.isna(value) else f"{value:,}"


def _percent(value: float) -> str:
    return _NONE if pd.isna(value) else f"{100 * value:.0f}%"


def _value(value: float) -> str:
    """Return a value as the page sorts it: numbers in full, missing as ""."""
    return "" if pd.isna(value) else str(value)
