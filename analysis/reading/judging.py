"""Which articles are left out, and why: blank ones, those whose id is used before, and copies where only the first is wanted."""

import numpy as np
import pandas as pd

from analysis.core.arrow import is_blank
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.boilerplate import Cut
from analysis.reading.compared import compared_in_parts, compared_words
from analysis.reading.duplicates import groups_of
from analysis.reading.notes import Note
from analysis.reading.rooms import OnDisk, Room, parts_of
from analysis.tokens.encoding import encode
from analysis.tokens.tokens import Tokens

Rejection = tuple[str, str, str, str]  # source_file, position, reason, raw

_GROUPS = ["duplicate_group", "duplicate_kind", "duplicate_similarity"]


def reasons_to_reject(articles: pd.DataFrame, room: Room) -> pd.Series:
    """Return why each article is left out, missing for those that are kept."""
    of_parts = [
        np.logical_and.reduce([is_blank(part[field]) for field in TEXT_FIELDS]) for part in parts_of(room, articles)
    ]
    blank = pd.Series(np.concatenate(of_parts), index=articles.index, dtype=bool)
    unnamed = articles["article_id"].isna() & ~blank
    repeated = articles["article_id"].duplicated() & ~blank & ~unnamed
    reasons = pd.Series(pd.NA, index=articles.index, dtype="str")
    reasons[blank] = "headline, standfirst and body are all empty"
    reasons[unnamed] = "no article_id"
    if not repeated.any():
        return reasons
    names, files, positions = articles["article_id"].tolist(), articles["source_file"].tolist(), _positions(articles)
    first = {name: place for place, name in reversed(list(enumerate(names)))}
    reasons[repeated] = [
        f"article_id '{name}' is used before ({files[first[name]] or 'table'}, {positions[first[name]]}); ids must be unique"
        for name in articles.loc[repeated, "article_id"].tolist()
    ]
    return reasons


def _positions(articles: pd.DataFrame) -> list[str]:
    """Return where each article stands in its file."""
    numbers = articles.groupby(articles["source_file"].fillna("")).cumcount() + 1
    return [f"article {number}" for number in numbers]


def _has_groups(found: pd.DataFrame) -> bool:
    """Return whether a table that was read before brings its groups of copies, and no group lost its first article since."""
    return {*_GROUPS} <= {*found.columns} and bool(found["duplicate_group"].dropna().isin(found["article_id"]).all())


def with_duplicates(
    found: pd.DataFrame, reasons: pd.Series, room: Room, *, policy: str, similarity: float | None
) -> tuple[pd.DataFrame, list[Note], Tokens | None]:
    """Return the articles with their group of copies, a note, and what was encoded; under "first" the copies get a reason to be left out."""
    encoded = None
    if not _has_groups(found):
        encoded, groups = _groups(found, reasons.isna(), room, similarity)
        if groups.empty:
            return found, [], encoded
        # Ids are unique among the articles that are kept, and only those were looked at.
        columns = groups.set_index("article_id")[["duplicate_group", "kind", "similarity"]].set_axis(_GROUPS, axis=1)
        looked_at = found["article_id"].where(reasons.isna())
        found = found.assign(**{name: looked_at.map(columns[name]) for name in _GROUPS})
    is_copy = found["duplicate_kind"].isin(["exact", "near"]) & (found["duplicate_group"] != found["article_id"])
    n_updates = int((found["duplicate_kind"] == "update").sum())
    note = Note(
        f"duplicates: {int(is_copy.sum()):,} articles are copies of another, {n_updates:,} are updated versions; "
        + ("copies are left out" if policy == "first" else "all are kept"),
        kind="duplicates",
        count=int(is_copy.sum()) + n_updates,
        remedy="" if policy == "first" else "duplicates='first' leaves the copies out",
    )
    if policy == "first":
        reasons[is_copy] = [f"a copy of article '{group}'" for group in found.loc[is_copy, "duplicate_group"]]
    return found, [note], encoded


def _groups(
    found: pd.DataFrame, is_kept: pd.Series, room: Room, similarity: float | None
) -> tuple[Tokens | None, pd.DataFrame]:
    """Return the groups of copies among the articles that are kept, and what was encoded for it where that stays in memory."""
    if isinstance(room, OnDisk):
        kept = found.drop(columns=list(TEXT_FIELDS))[is_kept].reset_index(drop=True)
        tokens = (encode(part[is_kept[part.index]].reset_index(drop=True)) for part in parts_of(room, found))
        return None, groups_of(kept, compared_in_parts(tokens, room), room, similarity=similarity)
    encoded = encode(found if is_kept.all() else found[is_kept])
    return encoded, groups_of(encoded.articles, compared_words(encoded), room, similarity=similarity)


def rejections(found: pd.DataFrame, cuts: list[list[Cut]], reasons: pd.Series) -> list[Rejection]:
    """Return the REJECTED rows of the articles with a reason; a text that was cut whole is shown as it was."""
    lost = np.flatnonzero(reasons.notna()).tolist()
    if not lost:
        return []
    positions = _positions(found)
    rejections = []
    for place in lost:
        row = found.iloc[place]
        text = "\n\n".join(row[field] for field in TEXT_FIELDS)
        raw = text if text.strip() else "\n\n".join(passage for _, passage in cuts[place]) or text
        source = row["source_file"] if isinstance(row["source_file"], str) else ""
        rejections.append((source, positions[place], str(reasons.iat[place]), raw))
    return rejections
