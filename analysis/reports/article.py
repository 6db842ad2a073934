"""One article in full: its hits with voice, target and negation, the traced quotes, and what the headline claims alone."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.charts.names import with_names
from analysis.core.errors import CorpusError
from analysis.english.strictness import STANDARD, Strictness
from analysis.hits.concordance import sentences_of
from analysis.hits.find import find_hits
from analysis.hits.tracing import trace_quotes
from analysis.lexicons.given import LexiconLike, TargetsLike, lexicon_of, targets_of
from analysis.measures.divergence import divergence
from analysis.reading.given import TokensLike, tokens_of


@dataclass(frozen=True, eq=False)
class ArticleReading:
    """What is to be said of one article; with n = 1, counts and sentences and never a rate.

    Attributes
    ----------
    hits : pandas.DataFrame
        HITS, with the ``sentence_text`` of each.
    traces : pandas.DataFrame
        TRACES: where the fragments quoted in headline and standfirst come from.
    divergence : pandas.DataFrame
        The frames of headline and standfirst, and what the body has of them.
    """

    hits: pd.DataFrame
    traces: pd.DataFrame
    divergence: pd.DataFrame

    def findings(self) -> list[str]:
        """Return one sentence for each finding."""
        return [*self._traced(), *self._unsupported(), *self._narrator()]

    def _traced(self) -> list[str]:
        return [_traced(row) for row in self.traces.to_dict("records")]

    def _unsupported(self) -> list[str]:
        found = []
        for row in with_names(self.divergence)[0].to_dict("records"):
            about = f" about {row['target']}" if row["target"] not in ("", "unresolved") else ""
            frame = f"The {row['field']}'s {row['text']!r} ({row['category']}{about})"
            if row["status"] == "unsupported":
                subject = f" that has {row['target']} as its target" if about else " of the kind"
                found.append(f"{frame} has no support in the body: no {row['category']} hit{subject}.")
            elif row["status"] == "only quoted":
                found.append(f"{frame} stands in the body only in words of others, never in the narrator's own.")
        return found

    def _narrator(self) -> list[str]:
        n, n_narrator = len(self.hits), int((self.hits["voice"] == "narrator").sum())
        if not n:
            return ["No word of the lexicon stands in the article."]
        if self.hits["voice"].isna().all():
            return ["In whose voice the hits stand is read in English text only."]
        return [
            f"{n_narrator or 'None'} of the {n} hits stand{'' if n_narrator > 1 else 's'} in the narrator's own voice."
        ]


def _traced(row: Mapping[Hashable, object]) -> str:
    quoted = f"The {row['field']}'s quoted {row['text']!r}"
    if row["words"] == "not found":
        return f"{quoted} is not found in the body."
    words = "word for word" if row["words"] == "verbatim" else f"in other words: {row['body_text']!r}"
    speaker = f" The speaker is {row['body_speaker']}." if row["body_speaker"] else ""
    target = ""
    if row["body_target"] and row["body_target"] != row["target"]:
        here = (
            f"in the {row['field']} about {row['target']}"
            if row["target"]
            else f"the {row['field']} does not say about whom"
        )
        if str(row["target"]).startswith("unresolved: "):
            candidates = str(row["target"]).removeprefix("unresolved: ").replace("; ", " or ")
            here = f"in the {row['field']} it could be about {candidates}"
        target = f" There it is about {row['body_target']}; {here}."
    return f"{quoted} stands in the body {words}.{speaker}{target}"


def read_article(
    tokens: TokensLike,
    lexicon: LexiconLike,
    *,
    targets: TargetsLike | None = None,
    strictness: Strictness = STANDARD,
) -> ArticleReading:
    """Return what is to be said of the one article of `tokens`; `targets` and `strictness` are those of `analysis.find_hits`.

    Raises
    ------
    CorpusError
        When `tokens` hold none or several articles.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table.head(1)))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]})
    >>> fa.read_article(tokens, frames).findings()[0]
    "The headline's 'weak' (weakness) stands in the body only in words of others, never in the narrator's own."
    """
    tokens = tokens_of("read_article(tokens, lexicon)", tokens)
    lexicon = lexicon_of("read_article(tokens, lexicon)", lexicon)
    targets = targets_of("read_article(tokens, lexicon)", targets)
    if len(tokens.articles) != 1:
        raise CorpusError(f"{len(tokens.articles):,} articles; give tokens of one article")
    hits = find_hits(tokens, lexicon, targets=targets, strictness=strictness)
    diverging = divergence(hits[hits["voice"].notna()], tokens)  # where voices are not read, nothing can be said of it
    traces = trace_quotes(tokens, hits=hits)
    return ArticleReading(hits.assign(sentence_text=sentences_of(tokens, hits)), traces, diverging)
