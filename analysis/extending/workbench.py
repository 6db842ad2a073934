"""A workbench in a notebook: type an entry and see what it catches, accept or reject words, save the file."""

import importlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.core.errors import FramingError, LexiconError
from analysis.core.naming import n_of
from analysis.extending.corpus_size import require_enough_for_vectors, training_note
from analysis.extending.decisions import Decision, judged_words, read_decisions, record_decision, undo_decision
from analysis.extending.suggestions import AT_ONCE, KINDS, NEAR, suggest
from analysis.extending.trial_html import message_html, trial_html
from analysis.extending.trials import Trials
from analysis.hits.find import find_hits
from analysis.learning.vectors import Vectors, train_vectors
from analysis.lexicons import Entry
from analysis.lexicons.editing import LexiconFile, add_entries, check_entries, keep_original, put_back
from analysis.tokens.tokens import Tokens
from analysis.validation.worst_entries import worst_entries

_GOOD, _BAD, _PLAIN = "#009e73", "#d55e00", "transparent"  # to be told from a light ground and from a dark one
_N_SUGGESTIONS = 5  # of each kind
_HINT = "Type an entry: a word, a phrase, * for any letters or none, ? for exactly one."


class _Step(NamedTuple):
    """Something done on the bench: what is said when it is undone, and how that is done."""

    undone: str
    undo: Callable[[], None]


class Workbench:
    """A lexicon file on the bench, beside a corpus; a notebook shows it as the last line of a cell.

    What is accepted waits until it is saved. Saving adds it to the file named in *Save to*, whose comments and layout stay, and raises the
    version. Saved into the file itself, the original is kept beside it (frames-1.0.0.yml); another name is a new file. *Take back* undoes
    what was done last, step by step: an accepted or rejected word, a save.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    path : str or pathlib.Path
        A lexicon in the project's form in YAML.
    category : str
        The category to begin with; by default the first.
    vectors : Vectors, optional
        Word vectors for the suggestions; by default trained on `tokens` when words near in meaning are asked for.
    decisions : str or pathlib.Path, optional
        A CSV file to which every decision is appended with its reason; words that it holds are not suggested again.
    coder : str
        Who decides, for that file.

    Raises
    ------
    FramingError
        When ipywidgets is not installed.
    LexiconError
        When the file cannot be read or edited, or has no such category.
    """

    def __init__(
        self,
        tokens: Tokens,
        path: str | Path,
        category: str = "",
        *,
        vectors: Vectors | None = None,
        decisions: str | Path | None = None,
        coder: str = "",
    ) -> None:
        self.file = LexiconFile.read(path)
        if category and category not in self.file.lexicon.category_names:
            raise LexiconError(f"{path}: {self.file.lexicon.no_category(category)}")
        self.pending: list[Entry] = []
        self._done: list[_Step] = []
        self._original: Path | None = None
        self._trials = Trials(tokens, self.file.lexicon)
        self._vectors = vectors
        self._decisions = Path(decisions) if decisions else None
        self._coder = coder
        self._widgets = _ipywidgets()
        names = self.file.lexicon.category_names
        self._build(names, category or names[0])
        self._show_pending()
        self.show()

    def __repr__(self) -> str:
        lexicon, n_articles = self.file.lexicon, len(self._trials.tokens.articles)
        return f"Workbench({lexicon.name} {lexicon.version}, {len(lexicon.categories)} categories, {n_articles:,} articles)"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        # A widget's own text holds nothing lasting, so a notebook keeps that of the workbench.
        return {**self.view._repr_mimebundle_(), "text/plain": repr(self)}

    def _build(self, names: Iterable[str], category: str) -> None:
        made = self._widgets
        self.category = self._made(
            made.Dropdown(options=list(names), value=category, description="Category"), "category"
        )
        self.entry = self._made(made.Text(description="Entry", placeholder="weak*"), "entry")
        self.exceptions = self._made(
            made.Text(description="Except", placeholder="weak coffee | weak signal", continuous_update=False), "except"
        )
        self.reason = self._made(made.Text(description="Reason", placeholder="kept as the entry's note"), "reason")
        self.target = self._made(
            made.Text(value=str(self.file.path), description="Save to", layout={"width": "60%"}), "target"
        )
        self.results = self._made(
            made.HTML(layout={"flex": "1 1 0", "overflow": "auto", "margin": "0 0 0 12px"}), "results"
        )
        self.status = self._made(made.HTML(), "status")
        self.waiting = self._made(made.HTML(), "waiting")
        self.suggestions = self._made(made.VBox(layout={"flex": "0 0 auto"}), "suggestions")
        for widget in (self.category, self.entry, self.exceptions):
            widget.observe(lambda _: self.show(), names="value")
        decide = [
            self._button("Accept", "success", lambda: self.decide("accept")),
            self._button("Reject", "", lambda: self.decide("reject")),
        ]
        of_file = [
            self._button("Suggest words", "info", self.show_suggestions),
            self._button("Near in meaning", "", self.show_near_words),
            self._button("Take back", "", self.take_back),
            self._button("Save", "primary", self.save),
            self._button("Read again", "", self.read_again),
        ]
        rows = [
            made.HBox([self.category, self.entry, self.exceptions]), made.HBox([self.reason, *decide]), self.status,
            made.HBox(of_file), self.target, self.waiting, made.HBox([self.suggestions, self.results]),
        ]  # fmt: skip
        bench = made.VBox(rows, layout={"border": "1px solid #c8c8c8", "padding": "10px"})
        self.view = self._made(bench, "bench")

    @staticmethod
    def _made(widget: Any, name: str) -> Any:
        widget.add_class(f"framing-{name}")
        return widget

    def _button(self, label: str, style: str, act: Callable[[], None], *, width: str = "auto") -> Any:
        button = self._widgets.Button(description=label, button_style=style, layout={"width": width})
        button.on_click(lambda _: self._tried(act))
        return button

    def _tried(self, act: Callable[[], None]) -> None:
        """Act, and say in the status line what the input does not allow."""
        try:
            act()
        except FramingError as error:
            self._say(str(error), _BAD)

    def _say(self, text: str, colour: str = _PLAIN) -> None:
        self.status.value = message_html(text, colour)

    def typed(self) -> Entry:
        """Return the entry in the fields, with the category chosen."""
        exceptions = tuple(phrase.strip() for phrase in self.exceptions.value.split("|") if phrase.strip())
        note = self.reason.value.strip()
        return Entry(self.entry.value.strip(), self.category.value, exceptions=exceptions, note=note)

    def show(self) -> None:
        """Show what the entry in the fields catches, or why it cannot."""
        if not self.entry.value.strip():
            self.results.value = message_html(_HINT, _PLAIN)
            return
        try:
            trial = self._trials.of(self.typed())
        except LexiconError as error:
            self.results.value = message_html(str(error), _BAD)
            return
        self.results.value = trial_html(trial)

    def decide(self, verdict: str) -> None:
        """Accept or reject the entry in the fields.

        Raises
        ------
        LexiconError
            When an accepted entry can never match, or its category has it already; nothing is recorded then. When there is no
            word to reject.
        """
        entry = self.typed()
        if verdict == "accept":
            check_entries(self.file, [*self.pending, entry])
        self._record(entry, verdict)
        if verdict == "accept":
            self.pending.append(entry)
        self._done.append(
            _Step(f"'{entry.text}' is no longer {verdict}ed", lambda: self._undo_decision(entry, verdict))
        )
        self._drop_suggestion(entry.text)
        done = "accepted; it waits until you save" if verdict == "accept" else "rejected"
        self._say(f"'{entry.text}' is {done}.", _GOOD)
        self.entry.value = self.exceptions.value = self.reason.value = ""
        self._show_pending()

    def _record(self, entry: Entry, verdict: str) -> None:
        decision = Decision(
            lexicon=self.file.lexicon.name, category=entry.category, word=entry.text, verdict=verdict, reason=entry.note,
            coder=self._coder, day=date.today().isoformat(),
        )  # fmt: skip
        if self._decisions:
            record_decision(self._decisions, decision)

    def _undo_decision(self, entry: Entry, verdict: str) -> None:
        if self._decisions:
            undo_decision(
                self._decisions, self.file.lexicon.name, entry.category, entry.text,
                coder=self._coder, day=date.today().isoformat(),
            )  # fmt: skip
        if verdict == "accept":
            self.pending.remove(entry)

    def take_back(self) -> None:
        """Undo what was done last and not undone yet: a word accepted or rejected, with its recorded decision, or a save.

        Raises
        ------
        LexiconError
            When nothing was done, or the file was changed since it was saved; nothing is undone then.
        """
        if not self._done:
            raise LexiconError("there is nothing to take back: no word was accepted or rejected, and nothing saved")
        step = self._done[-1]
        step.undo()
        self._done.pop()
        self._renew()
        self._say(f"{step.undone}.")

    def save(self) -> None:
        """Add what was accepted to the file named in *Save to*.

        Raises
        ------
        LexiconError
            When nothing was accepted, the file was changed by somebody else or cannot be written, or another file has that name.
        """
        before, added = self.file, self.pending
        check_entries(before, added)
        target = Path(self.target.value.strip() or before.path).resolve()
        if target != before.path:
            self.file = add_entries(before, added, path=target)
            kept = f"{before.path} is as it was."
        else:
            self._original = self._original or keep_original(before)
            self.file = add_entries(before, added)
            kept = f"The original is {self._original}."
        saved = self.file
        self._done.append(_Step(f"{before.path} is as before this save", lambda: self._undo_save(saved, before, added)))
        self.pending = []
        self._renew()
        lexicon = saved.lexicon
        self._say(
            f"Saved {n_of(len(added), 'entry', 'entries')}: {saved.path} is now version {lexicon.version} ({lexicon.hash}). {kept}",
            _GOOD,
        )

    def _undo_save(self, saved: LexiconFile, before: LexiconFile, added: list[Entry]) -> None:
        if saved.path == before.path:
            put_back(saved, before)
        self.file, self.pending = before, [*added, *self.pending]
        self.target.value = str(before.path)

    def read_again(self) -> None:
        """Read the file as it is now; what was accepted and not saved still waits.

        Raises
        ------
        LexiconError
            When the file holds a mistake.
        """
        self.file = LexiconFile.read(self.file.path)
        self._original = None  # what somebody else wrote is an original too
        names, chosen = self.file.lexicon.category_names, self.category.value
        self.category.options = names
        self.category.value = chosen if chosen in names else names[0]
        self._renew()
        self._say(f"Read {self.file.path.name}, version {self.file.lexicon.version}.")

    def _renew(self) -> None:
        self._trials = self._trials.with_lexicon(self.file.lexicon)
        self._show_pending()
        self.show()

    def _show_pending(self) -> None:
        lexicon = self.file.lexicon
        waiting = ", ".join(f"{entry.text} ({entry.category})" for entry in self.pending) or "nothing"
        self.waiting.value = message_html(
            f"{self.file.path.name}, version {lexicon.version}. To be saved: {waiting}.", _PLAIN
        )

    def show_suggestions(self) -> None:
        """List words that the category may lack, without waiting; a click on one puts it into the entry field.

        Raises
        ------
        LexiconError
            When vectors were given and no word of the category has one.
        """
        self._suggest(AT_ONCE if self._vectors is None else KINDS)

    def show_near_words(self) -> None:
        """List words near in meaning; their vectors are trained at the first time and kept.

        Raises
        ------
        LexiconError
            When the corpus is too small to train vectors, or no word of the category has one.
        """
        if self._vectors is None:
            require_enough_for_vectors(self._trials.tokens)
            self._say(f"Please wait: {training_note(self._trials.tokens)}")
            self._vectors = train_vectors(self._trials.tokens)
        self._suggest([NEAR])

    def _suggest(self, kinds: Sequence[str]) -> None:
        lexicon, category = self.file.lexicon, self.category.value
        self._say("Looking for words …")
        judged = judged_words(read_decisions(self._decisions), lexicon.name, category) if self._decisions else []
        found = suggest(
            self._trials.tokens, lexicon, category, n=_N_SUGGESTIONS, kinds=kinds, vectors=self._vectors, judged=judged
        )
        self.suggestions.children = [self._suggestion(row) for row in found.to_dict("records")]
        self._say(
            f"{len(found)} words that {category} may lack. Choose one, read its lines, accept or reject it.\n{found.attrs['note']}"
        )

    def _suggestion(self, row: Mapping[Hashable, Any]) -> Any:
        word = row["word"]
        choose = self._button(word, "", lambda: self._choose(word), width="150px")
        accept = self._button("Accept", "", lambda: self._decide_on(word, "accept"))
        reject = self._button("Reject", "", lambda: self._decide_on(word, "reject"))
        counts = f"{row['kind']}: {row['adds']:,} new, {row['n_articles']:,} articles"
        label = self._widgets.HTML(message_html(counts, _PLAIN), layout={"width": "240px"})
        return self._made(self._widgets.HBox([label, choose, accept, reject]), "suggestion")

    def show_worst(self, codings: pd.DataFrame) -> None:
        """List the entries of the category by what people coded of their hits, the worst first; a click on one shows what it catches.

        Raises
        ------
        SchemaError
            When the codings are none, or of another corpus.
        """
        tokens, category = self._trials.tokens, self.category.value
        found = worst_entries(codings, find_hits(tokens, self.file.lexicon), tokens=tokens)
        rows = found[found["category"] == category]
        self.suggestions.children = [self._worst(row) for row in rows.to_dict("records")]
        self._say(
            f"{n_of(len(rows), 'entry', 'entries')} of {category} with coded hits, the worst first. Edit the file and read it again; "
            f"code a fresh sample afterwards."
        )

    def _worst(self, row: Mapping[Hashable, Any]) -> Any:
        choose = self._button(row["entry"], "", lambda: self._choose(row["entry"]), width="150px")
        right = f"{row['n_right']:,} of {row['n_hits']:,} right, precision {row['precision']:.2f}"
        wrong = f"; about {row['n_wrong_expected']:,.0f} of {row['n_in_corpus']:,} wrong in the corpus"
        label = self._widgets.HTML(message_html("\n".join([right + wrong, row["sentences"]]).strip(), _PLAIN))
        return self._made(self._widgets.HBox([label, choose]), "worst")

    def _choose(self, word: str) -> None:
        self.exceptions.value = ""
        self.entry.value = word

    def _decide_on(self, word: str, verdict: str) -> None:
        self._choose(word)
        self.decide(verdict)

    def _drop_suggestion(self, word: str) -> None:
        self.suggestions.children = [row for row in self.suggestions.children if row.children[1].description != word]


def _ipywidgets() -> Any:
    try:
        return importlib.import_module("ipywidgets")
    except ImportError as error:
        raise FramingError(
            "Workbench: needs ipywidgets, which is not installed; pip install 'media-framing-analysis[notebooks]'"
        ) from error
