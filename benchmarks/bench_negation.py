"""Negation and hedges over tokens in memory: the lexicon is matched and every scope is marked in each run."""

from corpora import abp, megabytes
from measure import alone

import analysis as fa
from analysis.english.negation import find_negation


def main() -> None:
    corpus = abp()
    tokens = fa.tokenize(corpus, threads=1)
    negation = find_negation(tokens)
    print(
        f"cues {negation.is_cue.sum():,}, turned {negation.turned.mean():.1%}, hedged {negation.hedged.mean():.1%} of "
        f"{len(tokens):,} tokens"
    )
    alone("negation and hedges", lambda: find_negation(tokens), megabytes(corpus))


if __name__ == "__main__":
    main()
