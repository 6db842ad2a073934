"""Who says what over abp: the voice of each token, and the whole table VOICES."""

from corpora import abp, megabytes
from measure import alone

import analysis as fa
from analysis.english.voices import token_voices, voices


def main() -> None:
    corpus = abp()
    size = megabytes(corpus)
    made = [fa.tokenize(corpus, threads=1)]

    def fresh() -> fa.Tokens:
        """Return tokens that have no cached sentences, forms or vocabulary, so that every preparation is timed."""
        old = made[0]
        return fa.Tokens(
            **{name: getattr(old, name) for name in old.__dataclass_fields__},
        )

    alone("voice of each token", lambda: token_voices(fresh()), size)
    alone("VOICES", lambda: voices(fresh()), size)
    print(f"VOICES: {len(voices(made[0])):,} rows")


if __name__ == "__main__":
    main()
