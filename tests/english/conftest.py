"""What the tests of voices share: a text's passages as tuples that a reader can check."""

from collections.abc import Callable

import pandas as pd
import pytest

import analysis as fa

Said = list[tuple[str, ...]]


@pytest.fixture(scope="session")
def said(encode) -> Callable[..., Said]:
    """Return a function from a text to its passages: content and the columns asked for, voice and mention unless told otherwise."""

    def passages(
        body: str, *columns: str, headline: str = "", strictness: str = "standard", fragments: bool = False
    ) -> Said:
        texts = {"headline": headline, "body": body}
        table = fa.voices(encode(headline=[headline], body=[body]), strictness=strictness)
        table = table if fragments else table[table["part_of"] < 0]
        contents = [
            texts[field][start:end]
            for field, start, end in zip(table["field"], table["start"], table["end"], strict=True)
        ]
        shown: pd.DataFrame = table[list(columns or ("voice", "speaker_text"))].astype("str")
        return [(content, *row) for content, row in zip(contents, shown.itertuples(index=False), strict=True)]

    return passages
