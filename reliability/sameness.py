"""Rows of words and of equal results: the Unicode Consortium's tests of words, and the golden hashes."""

from collections.abc import Iterator
from pathlib import Path

from reliability.outcomes import RIGHT, SILENT, Outcome, judged, records, with_tests

# Row 11


def word_breaks(cases: Path) -> Iterator[Outcome]:
    """Judge words by the Unicode Consortium's WordBreakTest, the two departures that the project states left out."""
    with_tests()
    from test_segmentation import NARROW, ZERO_WIDTH_SPACE, is_letter_or_digit, printed

    for case in records(cases, "unicode-wordbreak"):
        if {ZERO_WIDTH_SPACE, NARROW} & {*case["text"]}:
            continue
        wanted = [piece for piece in case["pieces"] if any(map(is_letter_or_digit, piece))]

        def check(text: str = case["text"], wanted: list[str] = wanted) -> str:
            found = printed(text)
            return "" if found == wanted else f"{found} in place of {wanted}"

        yield judged(case["id"], check)


# Row 12


def same_results(_: Path) -> Iterator[Outcome]:
    """Judge tokens, hits and every table of results by its golden hash, and the surroundings of tests/test_golden.py by all of them."""
    with_tests()
    import golden
    import test_golden

    found = golden.hashes()
    other = golden.differences(found)
    for name in found:
        yield Outcome(
            f"golden hash: {name}", SILENT if name in other else RIGHT, "another hash" if name in other else ""
        )

    for arguments, settings in test_golden.VARIATIONS:
        yield judged(", ".join(settings), lambda a=arguments, s=settings: _surrounded(a, s))


def _surrounded(arguments: list[str], settings: dict[str, str]) -> str:
    import test_golden

    try:
        test_golden.test_other_surroundings_give_the_same_hashes(arguments, settings)
    except AssertionError as error:
        return str(error)
    return ""
