"""Which frame an article uses most, and how often each frame is the dominant one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.hits.find import hits_of_one_lexicon
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens

STATUSES = ("dominant", "tied", "no hit")


def dominant_frames(hits: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Return the category with the most hits in each article.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, or some of its rows, such as those in the narrator's voice.
    tokens : Tokens
        The corpus that they were found in.

    Returns
    -------
    pandas.DataFrame
        One row an article, in the order of the corpus: ``article_id``, ``outlet``, ``category`` ("" unless one is dominant), ``n_hits`` of it,
        ``n_second`` (hits of the next category), ``n_all`` (hits of all categories), ``status``: ``dominant``, ``tied`` (two or more categories
        have the most hits; none is chosen) or ``no hit``. ``attrs`` are those of `hits`.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"body": ["Weak, and failing in a crisis.", "Weak in a crisis.", "Sunny."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.lexicon_from_mapping({"weakness": ["weak", "fail*"], "threat": ["crisis"]})
    >>> found = fa.dominant_frames(fa.find_hits(tokens, frames), tokens)
    >>> found[["article_id", "category", "n_hits", "n_second", "status"]]
      article_id  category  n_hits  n_second    status
    0      row-1  weakness       2         1  dominant
    1      row-2                 1         1      tied
    2      row-3                 0         0    no hit
    """
    hits_of_one_lexicon(hits, tokens)
    names = hits["category"].astype("category").cat.categories
    counts = np.zeros((len(tokens.articles), max(len(names), 2)), np.int64)
    np.add.at(counts, (article_rows(hits, tokens), hits["category"].astype("category").cat.codes.to_numpy()), 1)
    ordered = np.sort(counts, axis=1)
    most, second = ordered[:, -1], ordered[:, -2]
    status = np.select([most == 0, most == second], ["no hit", "tied"], "dominant")
    label = np.array([*map(str, names), *[""] * 2], dtype=object)[counts.argmax(axis=1)]
    table = pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].array,
            "outlet": tokens.articles["outlet"].array,
            "category": pd.array(np.where(status == "dominant", label, ""), dtype="str"),
            "n_hits": most,
            "n_second": second,
            "n_all": counts.sum(axis=1),
            "status": pd.Categorical(status, categories=STATUSES),
        }
    )
    return with_origin(table, hits, tokens)


def dominance_shares(table: pd.DataFrame, *, by: Sequence[str] = ("outlet",)) -> pd.DataFrame:
    """Return in what share of the articles of each group each frame is the dominant one.

    Parameters
    ----------
    table : pandas.DataFrame
        What `dominant_frames` returns, with further columns of articles where `by` names them.
    by : sequence of str
        Columns to group by.

    Returns
    -------
    pandas.DataFrame
        One row a group and category that is dominant somewhere, and one for ``tied`` and ``no hit``: ``n_articles`` of the group, ``n``,
        ``share`` (0 to 1) with ``share_low`` and ``share_high`` (95% Wilson interval). The shares of one group add up to 1.

    Raises
    ------
    SchemaError
        When a column of `by` is not in the table.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22(158).
    """
    TABLES["DOMINANT_FRAMES"].of("category", "status").check(table)
    unknown = [name for name in by if name not in table.columns]
    if unknown:
        known = ", ".join(map(repr, table.columns))
        raise SchemaError(f"dominance_shares: no column {unknown[0]!r}; known are {known}")
    status = table["status"].astype("str")
    frames = table["category"].where(status == "dominant", status)
    values = [*sorted(set(frames) - set(STATUSES[1:])), *STATUSES[1:]]
    rows = []
    for group, cell in frames.groupby([table[name] for name in by], observed=True):
        counts = cell.value_counts()
        for value in values:
            n = int(counts.get(value, 0))
            low, high = stats.binomtest(n, len(cell)).proportion_ci(method="wilson")
            rows.append((*group, value, len(cell), n, n / len(cell), float(low), float(high)))
    shares = pd.DataFrame(rows, columns=[*by, "category", "n_articles", "n", "share", "share_low", "share_high"])
    return with_origin(shares, table, interval="95% Wilson")
