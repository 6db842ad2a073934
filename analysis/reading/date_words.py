"""The names of months and weekdays in dates, as `dates` compares them, and the dates of East Asia."""

import re
import unicodedata

from analysis.core.word_lists import WordLists, word_lists

_LISTS = word_lists("reading/dates.txt")


def _numbered(names: WordLists, first: int) -> dict[str, int]:
    return {word: number for number, words in enumerate(names.values(), start=first) for word in words}


MONTHS = _numbered(_LISTS["months"], 1)
WEEKDAYS = _numbered(_LISTS["weekdays"], 0)
FILLERS = frozenset(_LISTS["others"]["fillers"])

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_EAST_ASIAN_DAY = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)}) ?(?P<of_era>\d{{1,3}}|元)|(?P<year>\d{{4}})) ?[年년]"
    r" ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日號号일])?"
)
_EAST_ASIAN_CLOCK = re.compile(
    r"上午|下午|午前|午後|凌晨|早上|中午|晚上|오전|오후|\d{1,2} ?[時时点點시](?: ?\d{1,2} ?[分분])?(?: ?\d{1,2} ?[秒초])?"
)
_EAST_ASIAN_WEEKDAYS = ("月월一", "火화二", "水수三", "木목四", "金금五", "土토六", "日일天")
_EAST_ASIAN_WEEKDAY = re.compile(
    r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?|([월화수목금토일])요일"
    r"|[(\[]([月火水木金土日월화수목금토일一二三四五六])[)\]]"
)


def plain(text: str) -> str:
    """Return a date in lower case, without accents and invisible characters, its digits those of ASCII, with single spaces."""
    if not text.isascii():
        kept = (char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in ("Mn", "Cf"))
        digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
        # Hangul, which fell apart into its letters, is put together again.
        text = unicodedata.normalize("NFC", "".join(digits)).replace("’", "'")
    return " ".join(text.lower().split())


def without_east_asian(text: str) -> tuple[str, int | None]:
    """Return a plain date with 2021年3月2日 as 2021-3-2, without weekday and clock in Chinese, Japanese or Korean, and the weekday."""
    if text.isascii():
        return text, None
    weekday = _EAST_ASIAN_WEEKDAY.search(text)
    text = _EAST_ASIAN_CLOCK.sub(" ", _EAST_ASIAN_WEEKDAY.sub(" ", text))
    text = _EAST_ASIAN_DAY.sub(_in_numbers, text)
    if not weekday:
        return text, None
    sign = next(filter(None, weekday.groups()))
    return text, next(number for number, signs in enumerate(_EAST_ASIAN_WEEKDAYS) if sign in signs)


def _in_numbers(day: re.Match[str]) -> str:
    number = 1 if day["of_era"] == "元" else int(day["of_era"] or 0)
    year = day["year"] or _ERAS[day["era"]] + number
    return f" {year}-{day['month']}-{day['day']} " if day["day"] else f" {year}-{day['month']} "
