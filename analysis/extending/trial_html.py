"""A trial as HTML, in which nothing of an article or a lexicon can act: all text is escaped, and none stands in an attribute."""

from collections.abc import Iterable
from html import escape

import numpy as np
import numpy.typing as npt

from analysis.core.schema import ZONES
from analysis.extending.trials import Trial

_MOST_TYPES = 12
_NO_OUTLET = "(none)"
_MOST_OUTLETS = 12
_TABLE = 'style="border-collapse:collapse;font-size:13px;line-height:1.45"'
_NUMBER = 'style="text-align:right;padding:1px 10px;font-variant-numeric:tabular-nums"'
_WORD = 'style="text-align:left;font-weight:400;padding:1px 10px 1px 0"'
_HEAD = "font-weight:600;border-bottom:1px solid #888888"
# Paler than the text by its opacity: a notebook may be light or dark.
_PALE = "opacity:0.75"


def trial_html(trial: Trial) -> str:
    """Return a trial: its numbers, its types beside its counts, and its concordance lines."""
    beside = f"<div>{types_html(trial)}</div><div>{counts_html(trial)}</div>"
    tables = f'<div style="display:flex;gap:32px;flex-wrap:wrap">{beside}</div>'
    return summary_html(trial) + tables + lines_html(trial)


def summary_html(trial: Trial) -> str:
    """Return the numbers of a trial as one line."""
    category = escape(trial.entry.category)
    new = (
        f", <b>{trial.n_hits - trial.n_already:,} new</b> to {category} ({trial.n_already:,} it has already)"
        if category
        else ""
    )
    return (
        f'<div style="font-size:15px;padding:4px 0"><code>{escape(trial.entry.text)}</code>: <b>{trial.n_hits:,} hits</b> '
        f"in {trial.n_articles:,} articles{new}</div>"
    )


def types_html(trial: Trial) -> str:
    """Return the most frequent spellings that the entry catches, and how many others there are."""
    shown = trial.types.head(_MOST_TYPES)
    rows = [f"<tr>{_row_head(spelling)}<td {_NUMBER}>{n:,}</td></tr>" for spelling, n in shown.itertuples(index=False)]
    more = len(trial.types) - len(shown)
    rest = f'<div style="{_PALE}">and {more:,} more</div>' if more else ""
    return _titled("Types", f"<table {_TABLE}>{_heads(['spelling', 'hits'])}{''.join(rows)}</table>{rest}")


def counts_html(trial: Trial) -> str:
    """Return hits by outlet and zone, the outlets with most hits first, with the rate per 1,000 words beside each count."""
    hits, words = (trial.counts[name].to_numpy().reshape(-1, len(ZONES)) for name in ("n_hits", "n_tokens"))
    outlets = trial.counts["outlet"].iloc[:: len(ZONES)].fillna(_NO_OUTLET).tolist()
    order = np.argsort(-hits.sum(axis=1), kind="stable")
    rest = order[_MOST_OUTLETS:]
    rows = [_counts_row(outlets[place], hits[place], words[place]) for place in order[:_MOST_OUTLETS].tolist()]
    if len(rest):
        rows.append(_counts_row(f"{len(rest):,} other outlets", hits[rest].sum(axis=0), words[rest].sum(axis=0)))
    rows.append(_counts_row("all outlets", hits.sum(axis=0), words.sum(axis=0)))
    table = f"<table {_TABLE}>{_heads(['outlet', *ZONES, 'all'])}{''.join(rows)}</table>"
    return _titled("Hits by outlet and zone (per 1,000 words)", table)


def _counts_row(name: str, hits: npt.NDArray[np.int64], words: npt.NDArray[np.int64]) -> str:
    cells = map(_cell, [*hits.tolist(), int(hits.sum())], [*words.tolist(), int(words.sum())])
    return f"<tr>{_row_head(name)}{''.join(cells)}</tr>"


def lines_html(trial: Trial) -> str:
    """Return the concordance lines, matches below one another; paler where the category has the hit already."""
    rows = []
    columns = trial.lines[["outlet", "zone", "left", "match", "right", "already"]].fillna({"outlet": _NO_OUTLET})
    for outlet, zone, left, match, right, already in columns.itertuples(index=False):
        shade = _PALE if already else "opacity:1"
        rows.append(
            f'<tr style="{shade}"><td style="white-space:nowrap;font-size:11px">{escape(str(outlet))}, {escape(str(zone))}</td>'
            f'<td style="text-align:right;white-space:pre;padding-left:12px">{escape(left)}</td>'
            f'<td style="white-space:pre"><b>{escape(match)}</b>{escape(right)}</td></tr>'
        )
    shown = f"{len(trial.lines)} of {trial.n_hits:,}" if trial.n_hits > len(trial.lines) else "all"
    paler = "; paler: already in the category" if trial.n_already else ""
    return _titled(f"Concordance ({shown}{paler})", f"<table {_TABLE}>{''.join(rows)}</table>")


def message_html(text: str, colour: str) -> str:
    """Return a message, its lines below one another, in the letters of the notebook beside a line of its colour."""
    return f'<div style="border-left:3px solid {colour};padding-left:8px;white-space:pre-wrap">{escape(text)}</div>'


def _cell(n: int, words: int) -> str:
    if not words:
        return f"<td {_NUMBER}>no words</td>"
    return f'<td {_NUMBER}>{n:,} <span style="{_PALE};font-size:11px">{1000 * n / words:.2f}</span></td>'


def _heads(names: Iterable[str]) -> str:
    first, *others = names
    cells = [f'<th scope="col" style="text-align:left;padding:1px 10px 1px 0;{_HEAD}">{escape(first)}</th>']
    cells += [
        f'<th scope="col" style="text-align:right;padding:1px 10px;{_HEAD}">{escape(name)}</th>' for name in others
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _row_head(name: str) -> str:
    return f'<th scope="row" {_WORD}>{escape(name)}</th>'


def _titled(title: str, inside: str) -> str:
    """Return a title over what scrolls by itself where the notebook is narrow, by keyboard too."""
    region = f'<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{escape(title)}">{inside}</div>'
    return f'<div style="font-weight:600;padding:6px 0 2px">{escape(title)}</div>{region}'
