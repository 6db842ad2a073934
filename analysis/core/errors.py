"""The errors that a researcher can meet; each message says place, finding, what is allowed and what to do."""


class FramingError(ValueError):
    """Base of all errors of this package that have their cause in the input."""


class CorpusError(FramingError):
    """Article files or tables cannot be read as they are."""


class DateOrderError(CorpusError):
    """Dates such as 03/04/2020 name two days, and their column does not say which; `written` is the first of them."""

    def __init__(self, message: str, written: str) -> None:
        super().__init__(message)
        self.written = written


class NoTextColumnError(CorpusError):
    """No column of a table is known for one of texts; `columns` are those that it has, those of the longest texts first."""

    def __init__(self, message: str, columns: list[str]) -> None:
        super().__init__(message)
        self.columns = columns


class LexiconError(FramingError):
    """A lexicon file breaks a rule of its format, or an entry can never match."""


class CodebookError(FramingError):
    """A codebook file breaks a rule of its form."""


class SchemaError(FramingError):
    """A table lacks a column, or holds values of another type than its schema names."""


class ClusterError(FramingError):
    """The machines of a cluster cannot be reached, or could not do a part of the work."""


class OutputError(FramingError):
    """A file cannot be written, for a `reason` in a few words; what was there before is whole."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class UnanswerableError(FramingError):
    """A corpus or lexicon lacks what a question needs; nothing is wrong with it, only this question is not for it."""

    def _render_traceback_(self) -> list[str]:
        # Jupyter asks for this: the sentence is all that a reader of the notebook needs, not the calls that led to it.
        return [f"cannot be answered: {self}"]
