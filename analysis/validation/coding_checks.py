"""What is checked of codings: that they are of this sample and codebook, stand once, and are all there."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from analysis.core.near import did_you_mean
from analysis.validation.codebooks import Codebook, Variable
from analysis.validation.coding_values import read_value
from analysis.validation.given_codings import ADJUDICATED, KINDS, PERSON, Fault, Filed, Given, fault_of, fault_of_file
from analysis.validation.work import coders_of, is_of_coder

_MOST_MENDED = 5
_WHERE = ("article_id", "field", "start", "end")


class Checks:
    """Codings of several files on their way to a table.

    Parameters
    ----------
    sample : pandas.DataFrame, optional
        The SAMPLE that was coded.
    codebook : Codebook, optional
        By which was coded.

    Attributes
    ----------
    faults : list of Fault
        What cannot be used.
    notes : list of str
        What must be known.
    """

    def __init__(self, sample: pd.DataFrame | None, codebook: Codebook | None) -> None:
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self._sample, self._codebook = sample, codebook
        self._items = {} if sample is None else sample.set_index(sample["item"].astype("str")).to_dict("index")
        self._variables = {one.name: one for one in codebook.variables} if codebook else {}
        self._taken: list[Given] = []
        self._mended: Counter[str] = Counter()

    def take(self, filed: Filed) -> None:
        """Take the codings of a file that fit sample and codebook; the others become faults."""
        self.faults += filed.faults
        self.notes += filed.notes
        of_other = self._of_other(filed)
        if of_other:
            self.faults.append(of_other)
            self.faults += [
                fault_of(one, f"of a file that is {of_other.reason}", of_other.remedy) for one in filed.given
            ]
            return
        if not any(one.value for one in filed.given) and not filed.faults:
            self.notes.append(f"{filed.file}: holds no coding yet")
            return
        n_open = 0
        for one in filed.given:
            if one.kind == ADJUDICATED and not one.value:
                n_open += 1  # a disagreement that nobody has decided yet
            elif one.value or self._is_asked(one):
                checked = self._checked(one)
                if isinstance(checked, Given):
                    self._taken.append(checked)
                else:
                    self.faults.append(checked)
        if n_open:
            self.notes.append(f"{filed.file}: {n_open:,} disagreements are not decided yet")

    def finished(self) -> list[Given]:
        """Return the codings that hold when all files are taken, and note what is not coded at all."""
        kept = self._each_once(self._of_one_kind(self._taken))
        self._note_mended()
        self._note_coders(kept)
        self.faults += self._not_coded(kept)
        return kept

    def _of_other(self, filed: Filed) -> Fault | None:
        """Return what shows that a file is of another sample or codebook, None where nothing does."""
        wanted: dict[str, object] = {}
        if self._sample is not None:
            wanted["sample_id"] = self._sample.attrs.get("sample_id", "")
        if self._codebook is not None:
            wanted |= self._codebook.named
        for name, own in wanted.items():
            if filed.facts.get(name, own) != own:
                what = {"sample_id": "of another sample", "codebook": "by another codebook"}.get(
                    name, "by another version of the codebook"
                )
                found = f"{name} {filed.facts[name]}"
                return fault_of_file(
                    filed.file,
                    found,
                    f"{what} (found {found}, needed is {own})",
                    f"give the {name.partition('_')[0]} that it was coded with",
                )
        if wanted.get("sample_id") and "sample_id" not in filed.facts and filed.given:
            self.notes.append(f"{filed.file}: names no sample (sample_id), so that it is of this one is not checked")
        return None

    def _checked(self, given: Given) -> Given | Fault:
        """Return a coding with its value as the codebook has it, or why it cannot be used."""
        for name in ("coder", "item", "variable"):
            if not getattr(given, name).strip():
                return fault_of(given, f"names no {name}", f"write the {name}")
        if given.kind not in KINDS:
            return fault_of(given, f"kind {given.kind!r} is unknown; known are {', '.join(KINDS)}", "write one of them")
        if self._items and given.item not in self._items:
            near = did_you_mean(given.item, self._items, what="item")
            return fault_of(given, f"the sample has no such item{near}", "write the item as the sample names it")
        moved = self._moved(given)
        if moved:
            return moved
        variable = self._variables.get(given.variable)
        if self._codebook and variable is None:
            near = did_you_mean(given.variable, self._variables, what="variable")
            return fault_of(
                given,
                f"the codebook has no such variable; known are {', '.join(self._variables)}{near}",
                "write one of them",
            )
        if not given.value.strip():
            return fault_of(given, "empty: not coded", "code it, or leave it as not coded")
        return self._valued(given, variable) if variable else given

    def _is_asked(self, given: Given) -> bool:
        """Return whether the variable may be asked of the item, as far as is known; a sheet has cells for those that are not."""
        variable, item = self._variables.get(given.variable), self._items.get(given.item)
        return variable is None or item is None or bool(item["about"] == variable.about)

    def _moved(self, given: Given) -> Fault | None:
        """Return a fault where the file says that the item stands elsewhere than in the sample."""
        own = self._items.get(given.item, {})
        for name in _WHERE if own else ():
            found = given.where.get(name, "")
            if found and found.removesuffix(".0") != str(own[name]):
                reason = f"item {given.item} has the {name} {own[name]!r} in the sample, and {found!r} here"
                return fault_of(given, reason, "give the codings of this sample, with the ids as they were")
        return None

    def _valued(self, given: Given, variable: Variable) -> Given | Fault:
        about = self._items.get(given.item, {}).get("about", variable.about)
        if about != variable.about:
            reason = f"{given.variable!r} is asked about a {variable.about}, and this item is a {about}"
            return fault_of(given, reason, "take it out")
        read = read_value(given.value.strip(), variable)
        if read.reason:
            return fault_of(given, read.reason, read.remedy)
        if read.mended:
            self._mended[f"{read.mended!r} as {read.value!r}"] += 1
        return given._replace(value=read.value)

    def _of_one_kind(self, codings: Iterable[Given]) -> list[Given]:
        """Return codings of which no coder is a person here and a model there."""
        kinds: dict[str, Given] = {}
        kept = []
        for one in codings:
            first = kinds.setdefault(one.coder, one)
            if first.kind == one.kind:
                kept.append(one)
                continue
            reason = f"coder {one.coder!r} is a {one.kind} here and a {first.kind} in {first.file}; people and models are never mixed"
            self.faults.append(fault_of(one, reason, "name the model otherwise"))
        return kept

    def _each_once(self, codings: Iterable[Given]) -> list[Given]:
        """Return each coding once; where one coder says two things of one item, neither is taken."""
        by_key: dict[tuple[str, str, str], list[Given]] = {}
        for one in codings:
            by_key.setdefault((one.coder, one.item, one.variable), []).append(one)
        twice: Counter[str] = Counter()
        kept = []
        for (coder, *_), all_of_it in by_key.items():
            if len({one.value for one in all_of_it}) == 1:
                kept.append(max(all_of_it, key=lambda one: bool(one.comment)))
                files = sorted({one.file for one in all_of_it})
                twice[f"coder {coder} stands in {' and '.join(files)}"] += len(all_of_it) > 1
                continue
            said = "; ".join(f"{one.value!r} in {one.file}, {one.place}" for one in all_of_it)
            reason = f"coder {coder!r} coded this twice, and not alike: {said}"
            remedy = f"give only the file that holds; a second time of its own is coder '{coder} (2)'"
            self.faults += [fault_of(one, reason, remedy) for one in all_of_it]
        self.notes += [
            f"{where}: {n:,} codings that are the same in both are taken once" for where, n in twice.items() if n
        ]
        return kept

    def _note_mended(self) -> None:
        if self._mended:
            most = [f"{what} ({n:,})" for what, n in self._mended.most_common(_MOST_MENDED)]
            more = f", and {len(self._mended) - _MOST_MENDED:,} more" if len(self._mended) > _MOST_MENDED else ""
            self.notes.append(
                f"{self._mended.total():,} values were read as the codes that they mean: {', '.join(most)}{more}"
            )

    def _note_coders(self, codings: Iterable[Given]) -> None:
        """Note people whom the sample does not name: a name written otherwise makes a coder of its own."""
        if self._sample is None:
            return
        known = coders_of(self._sample)
        for coder in sorted({one.coder for one in codings if one.kind == PERSON}):
            if not is_of_coder(self._sample, coder).any():
                near = did_you_mean(coder, known, what="coder")
                self.notes.append(
                    f"coder {coder!r} is none of the sample's ({', '.join(known)}) and stands alone{near}"
                )

    def _not_coded(self, codings: Iterable[Given]) -> list[Fault]:
        """Return what coders of whom there are codings have not coded and no file mentions."""
        if self._sample is None or not self._variables:
            return []
        mentioned = {(one.coder, one.item, one.variable) for one in codings}
        mentioned |= {(one.coder, one.item, one.variable) for one in self.faults}
        # What is adjudicated are disagreements, and not all items.
        kinds = {one.coder: one.kind for one in codings if one.kind != ADJUDICATED}
        missing = []
        for coder, kind in kinds.items():
            own = self._sample[is_of_coder(self._sample, coder)] if kind == PERSON else self._sample
            for item, about in zip(own["item"].astype("str"), own["about"].astype("str"), strict=True):
                asked = [name for name, one in self._variables.items() if one.about == about]
                missing += [(coder, item, name) for name in asked if (coder, item, name) not in mentioned]
        return [Fault("", "", *key, "", "not coded", "code it, or leave it as not coded") for key in missing]
