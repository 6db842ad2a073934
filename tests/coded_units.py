"""Codings of units, written short, for the tests of what is made of them."""

import pandas as pd

import analysis as fa


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


def read_in_full(tokens, every=3):
    """Return codings of all articles, in which every third field is marked as weak from its first letter to its fourth."""
    parts = [
        pd.DataFrame({"article_id": tokens.articles["article_id"], "field": name, "text": tokens.articles[name]})
        for name in ("headline", "body")
    ]
    fields = pd.concat(parts).query("text != ''").sort_values(["article_id", "field"]).iloc[::every]
    return fa.validate.codings_of_spans(fields.assign(start=0, end=4, value="weakness"), tokens)


def of_two_coders(tokens):
    """Return codings of all articles by two coders, of whom the second calls every other marked passage none."""
    first = read_in_full(tokens)
    is_other = (first["about"] == "match") & (first.groupby("about")["item"].rank() % 2 == 0)
    second = first.assign(coder="B", value=first["value"].mask(is_other, "none"))
    return pd.concat([first, second], ignore_index=True)


def whole_articles(tokens):
    """Return one code for each article: every second by its id is weak."""
    ids = sorted(tokens.articles["article_id"])
    return pd.DataFrame(
        {"article_id": ids, "value": ["weakness", "none"] * (len(ids) // 2) + ["none"] * (len(ids) % 2)}
    )


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


def articles_as_found(tokens, hits, *, every=2):
    """Return codings of every other article, in the order of their ids, by a coder who sees frames where the lexicon has hits, and a further one."""
    ids = sorted(tokens.articles["article_id"])[::every]
    found = (
        hits.astype({"category": "str"})
        .groupby("article_id", observed=True)["category"]
        .agg(lambda names: ";".join(sorted(set(names))))
    )
    values = ["weakness", *found.reindex(ids).fillna("none")[1:]]
    return _of_articles(ids, values).assign(variable="present", probability=len(ids) / len(tokens.articles))


def relevance(tokens):
    """Return codings of all articles: every third by its id does not belong to the subject, which makes no Wilson interval."""
    ids = sorted(tokens.articles["article_id"])
    values = ["no" if number % 3 == 0 else "yes" for number in range(len(ids))]
    return _of_articles(ids, values).assign(
        variable="relevant", probability=[0.5, 0.25] * (len(ids) // 2) + [0.5] * (len(ids) % 2)
    )


def _of_articles(ids, values):
    rows = pd.DataFrame({"coder": "A", "item": ids, "unit_id": ids, "article_id": ids, "value": values})
    return rows.assign(about="unit", field="", start=0, end=0, unit_start=0, unit_end=0, stratum="all")
