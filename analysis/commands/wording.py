"""Messages in the words of the command line: options that the library names as keywords are named as flags."""

import logging
import math
import re

_OPTIONS = "columns|encoding|dates|duplicates|boilerplate|outlets|outlet_from|similarity|unsupported|strict"
_KEYWORD = re.compile(rf"\b({_OPTIONS})=(\{{[^{{}}]*\}}|'[^']*'|\"[^\"]*\"|True|[\w.]+)")
_OF_ONE = re.compile(r"--(columns|encoding)\b")
_PAIR = re.compile(r"['\"]([^'\"]+)['\"]:\s*['\"]([^'\"]+)['\"]")
_ALONE = re.compile(r"\b(columns|outlets)= (?=names|has)")


def as_flags(message: str, *, of: str = "") -> str:
    """Return a message with ``encoding='cp1250'`` as ``--encoding cp1250`` and the like.

    `of` is "lexicon-" or "corpus-" where the command has such options for articles and lexicons apart.
    """
    told = _ALONE.sub(r"--\1 ", _KEYWORD.sub(_flag, message))
    return _OF_ONE.sub(rf"--{of}\1", told)


def duration(seconds: float) -> str:
    """Return a time to wait, in tens of seconds or in minutes: "20 s", "3 min"."""
    if seconds <= 90:
        return f"{max(1, math.ceil(seconds / 10)) * 10} s"
    return f"{round(seconds / 60)} min"


def _flag(match: re.Match[str]) -> str:
    name, value = match[1].replace("_", "-"), match[2]
    if value.startswith("{"):
        value = ",".join(f"{ours}={_quoted(theirs)}" for ours, theirs in _PAIR.findall(value))
    elif value == "True":
        return f"--{name}"
    else:
        value = _quoted(value.strip("'\""))
    return f"--{name} {value}"


def _quoted(value: str) -> str:
    return f"'{value}'" if re.search(r"\s", value) else value


class FlagFormatter(logging.Formatter):
    """Log lines in the words of the command line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return as_flags(super().format(record))
