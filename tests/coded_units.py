"""Codings of units, written short, for the tests of what is made of them."""

import pandas as pd


def unit(name, article, field, place, matches, missed="none", **more):
    """Return the codings of one unit by one coder: `matches` are (start, end, code); a code None was not given."""
    where = {
        "coder": "A",
        "unit_id": name,
        "article_id": article,
        "field": field,
        "unit_start": place[0],
        "unit_end": place[1],
    } | more
    rows = [
        where
        | {"item": f"{name}-{n}", "variable": "category", "value": code, "about": "match", "start": start, "end": end}
        for n, (start, end, code) in enumerate(matches, start=1)
    ]
    whole = {"item": name, "variable": "missed", "value": missed, "about": "unit", "start": place[0], "end": place[1]}
    return [*rows, where | whole]


def codings(*units, **attrs):
    """Return units as one table."""
    table = pd.DataFrame([row for rows in units for row in rows])
    table.attrs = attrs
    return table


def bodies(tokens, hits, codes, missed=None, **columns):
    """Return codings of articles of one sentence: `codes` say what the match of an article is, `missed` what else is in it."""
    missed = missed or {}
    of_article = dict(iter(hits.groupby("article_id", observed=True)))
    units = []
    for number, article in enumerate(codes):
        found = of_article.get(article)
        spans = [] if found is None else list(zip(found["start"], found["end"], strict=True))
        matches = [(start, end, codes[article]) for start, end in dict.fromkeys(spans)]
        length = len(tokens.text_of(int(tokens.article_ids.get_loc(article)), "body"))
        more = {name: values[number] for name, values in columns.items()}
        units.append(unit(f"u{article}", article, "body", (0, length), matches, missed.get(article, "none"), **more))
    return codings(*units)
