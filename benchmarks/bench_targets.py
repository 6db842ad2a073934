"""Linking the hits of a 600-entry lexicon to the targets of data/lexicons/targets.yml, and listing the names, on abp."""

from pathlib import Path

from corpora import abp, made_lexicon, megabytes
from measure import alone

import analysis as fa
from analysis.english.mentions import find_mentions
from analysis.english.targets import link_targets
from analysis.hits.names import names
from analysis.matching.matching import find_matches

TARGETS = Path(__file__).resolve().parents[1] / "data" / "lexicons" / "targets.yml"


def main() -> None:
    corpus = abp()
    size = megabytes(corpus)
    tokens = fa.tokenize(corpus, threads=1)
    matches = find_matches(tokens, made_lexicon(tokens, 600))
    targets = fa.read_lexicon(TARGETS)
    mentions = find_mentions(tokens, targets)
    links = link_targets(tokens, matches, mentions)
    linked, open_ = int((links.mention >= 0).sum()), int(links.unresolved.sum())
    print(f"{len(matches.token):,} hits, {len(mentions):,} mentions: {linked:,} linked, {open_:,} unresolved")
    alone("linking hits to mentions", lambda: link_targets(tokens, matches, mentions), size)
    alone("finding mentions and linking", lambda: link_targets(tokens, matches, find_mentions(tokens, targets)), size)
    alone("names", lambda: names(tokens), size)


if __name__ == "__main__":
    main()
