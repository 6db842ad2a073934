"""The codebook: what coders are asked of a match or a unit, which answers there are, and what each means."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analysis.core.files import write_whole
from analysis.core.showing import shown_html
from analysis.lexicons import Lexicon
from analysis.lexicons.formats.yaml_text import yaml_text
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.model import Category
from analysis.tokens.rows import Unit

About = Literal["match", "unit"]
Measures = Literal[
    "category", "missed", "relevant", "present", "dominant", "voice", "speaker", "target", "negated", "other"
]
Level = Literal["nominal", "ordinal", "interval", "ratio"]

NONE = "none"
YES_NO = ("yes", "no")
_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Value:
    """One answer: the code that stands in the table of codings, and what it means.

    Attributes
    ----------
    code : str
        As it stands in the codings; of frames the category of the lexicon.
    label : str
        What coders read; the code where the file gives none.
    definition : str
        What it means, "" where the file does not say.
    examples, rules : tuple of str
        Sentences that it is given to, and what to do in hard cases.
    """

    code: str
    label: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """One question to the coders.

    Attributes
    ----------
    name : str
        What it is called in the codings.
    question : str
        As coders read it.
    about : {"match", "unit"}
        Whether it is asked of each marked match, or once of the sentence or article.
    measures : str
        What of the lexicon it judges: ``category`` of a match, frames that were ``missed`` in a unit, whether a unit is ``relevant``, which
        frames are ``present`` in an article and which is ``dominant``, ``voice``, ``speaker``, ``target`` or ``negated`` of a match; or ``other``.
    level : {"nominal", "ordinal", "interval", "ratio"}
        How values compare; ordinal ones are in the order of the file.
    several : bool
        Whether more than one value may be given.
    values : tuple of Value
        The answers; none where a number, or an answer in words, is asked for.
    number : tuple of float, optional
        Smallest and largest number, where one is asked for.
    rules : tuple of str
        What holds for all values.
    """

    name: str
    question: str
    about: About
    measures: Measures
    level: Level = "nominal"
    several: bool = False
    values: tuple[Value, ...] = ()
    number: tuple[float, float] | None = None
    rules: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its values, in their order."""
        return tuple(value.code for value in self.values)

    @property
    def facts(self) -> dict[str, Any]:
        """What codings say of the variable in their attrs."""
        found: dict[str, Any] = {
            "level": self.level,
            "about": self.about,
            "measures": self.measures,
            "several": self.several,
            "values": list(self.codes),
        }
        return found | ({"number": list(self.number)} if self.number else {})


@dataclass(frozen=True, slots=True)
class Search:
    """The search that made the corpus; each "" where the file does not say.

    Attributes
    ----------
    string : str
        What was searched for.
    database : str
        Where.
    retrieved : str
        The day, as in 2026-11-28.
    """

    string: str = ""
    database: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """What coders are asked.

    Attributes
    ----------
    name, version, language, description : str
        As the file says.
    lexicon : str
        Name of the lexicon that it judges, "" for any.
    search : Search
        The search that made the corpus, of whose results ``relevant`` is asked.
    variables : tuple of Variable
        In the order in which they are asked.
    rules : tuple of str
        What holds for all of them.
    """

    name: str
    version: str
    variables: tuple[Variable, ...]
    lexicon: str = ""
    language: str = ""
    description: str = ""
    search: Search = Search()
    rules: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([f"Codebook {self.title}", *(f"- {name}: {fact}" for name, fact in self._facts().items())])

    def _repr_html_(self) -> str:
        return shown_html(f"Codebook {self.title}", self._facts())

    def _facts(self) -> dict[str, str]:
        return {one.name: f"{one.question} ({', '.join(one.codes) or 'free'})" for one in self.variables}

    @property
    def title(self) -> str:
        """The codebook in one line: "frames 1.0.0 (3f0a…)"."""
        return f"{self.name} {self.version} ({self.hash})"

    @property
    def hash(self) -> str:
        """Twelve hex digits (SHA-256) of all that coders read."""
        asked = json.dumps(tree_of(self) | {"search": {}}, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def named(self) -> dict[str, str]:
        """Its name and version, as what coders send back gives them."""
        return {"codebook": self.name, "codebook_version": self.version}

    @property
    def origin(self) -> dict[Any, Any]:
        """What codings say of the codebook in their attrs: name, version, hash, its variables, and the search that made the corpus."""
        made_by = {"string": self.search.string, "database": self.search.database, "retrieved": self.search.retrieved}
        return {
            **self.named,
            "codebook_hash": self.hash,
            "variables": {one.name: one.facts for one in self.variables},
            **{f"search_{name}": fact for name, fact in made_by.items() if fact},
        }

    def about(self, about: About) -> tuple[Variable, ...]:
        """Return the variables that are asked of a match, or of a unit."""
        return tuple(one for one in self.variables if one.about == about)

    def measuring(self, measures: Measures) -> Variable | None:
        """Return the variable that judges this of the lexicon, None where none does; of others the first."""
        return next((one for one in self.variables if one.measures == measures), None)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of the lexicon that coders tell apart, ``none`` left out."""
        asked = (self.measuring(measures) for measures in ("category", "missed", "present", "dominant"))
        codes = (code for one in asked if one for code in one.codes if code != NONE)
        return tuple(dict.fromkeys(codes))


def draft_codebook(lexicon: LexiconLike, *, unit: Unit = "sentence") -> Codebook:
    """Return a codebook of a lexicon's categories, with their labels, definitions and examples, to be edited before anybody codes.

    Parameters
    ----------
    lexicon : Lexicon
        The lexicon that is to be judged.
    unit : {"sentence", "article"}
        Of sentences each match is asked about, and what was missed; of articles which frames are present and which is dominant.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.validate.draft_codebook({"weakness": ["weak"], "strength": ["strong"]})
    Codebook lexicon 0 (1a7e9768c8a9)
    - frame: Which frame do the marked words carry here? (weakness, strength, none)
    - further: Which frames are in this sentence that no mark shows? (weakness, strength, none)
    - relevant: Does this article belong to the subject of the study? (yes, no)
    """
    lexicon = lexicon_of("draft_codebook(lexicon)", lexicon)
    values = (*(_value_of(category, lexicon) for category in lexicon.categories), Value(NONE, "none of these"))
    if unit == "article":
        asked = (
            Variable("present", "Which frames are in this article?", "unit", "present", several=True, values=values),
            Variable("dominant", "Which frame dominates this article?", "unit", "dominant", values=values),
        )
    else:
        asked = (
            Variable("frame", "Which frame do the marked words carry here?", "match", "category", values=values),
            Variable(
                "further", "Which frames are in this sentence that no mark shows?", "unit", "missed", several=True,
                values=values,
            ),
        )  # fmt: skip
    relevant = Variable(
        "relevant", "Does this article belong to the subject of the study?", "unit", "relevant",
        values=tuple(Value(code, code) for code in YES_NO),
    )  # fmt: skip
    return Codebook(lexicon.name, lexicon.version, (*asked, relevant), lexicon.name, lexicon.language)


def _value_of(category: Category, lexicon: Lexicon) -> Value:
    """Return the answer that stands for a category, in the lexicon's language."""
    hits = [example.text for example in category.examples if example.hit][:_MOST_EXAMPLES]
    misses = [example.text for example in category.examples if not example.hit][:_MOST_EXAMPLES]
    label = dict(category.label).get(lexicon.language) or next((text for _, text in category.label), category.name)
    return Value(category.name, label, category.definition, tuple(hits), tuple(f"Not: {text}" for text in misses))


def tree_of(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as mappings, lists and strings, in the form of its file; what is empty is left out."""
    search = codebook.search
    return _filled(
        {
            "codebook": codebook.name,
            "version": codebook.version,
            "lexicon": codebook.lexicon,
            "language": codebook.language,
            "description": codebook.description,
            "search": _filled({"string": search.string, "database": search.database, "retrieved": search.retrieved}),
            "rules": list(codebook.rules),
            "variables": {one.name: _tree_of_variable(one) for one in codebook.variables},
        }
    )


def _tree_of_variable(one: Variable) -> dict[str, Any]:
    number = {"from": f"{one.number[0]:g}", "to": f"{one.number[1]:g}"} if one.number else {}
    return _filled(
        {
            "question": one.question,
            "about": one.about,
            "measures": one.measures,
            "level": one.level,
            "several": "true" if one.several else "false",
            "rules": list(one.rules),
            "values": {value.code: _tree_of_value(value) for value in one.values},
            "number": number,
            "text": "" if one.values or one.number else "true",
        }
    )


def _tree_of_value(value: Value) -> dict[str, Any]:
    return _filled(
        {
            "label": value.label,
            "definition": value.definition,
            "examples": list(value.examples),
            "rules": list(value.rules),
        }
    )


def _filled(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in tree.items() if value}


def write_codebook(codebook: Codebook, path: str | Path) -> Path:
    """Write a codebook as YAML, whole or not at all, and return the path."""
    path = Path(path)
    write_whole(path, codebook_text(codebook))
    return path


def codebook_text(codebook: Codebook) -> bytes:
    """Return the file that `write_codebook` writes."""
    return yaml_text(tree_of(codebook)).encode("utf-8")
