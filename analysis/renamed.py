"""Old public names: they work for one release, and say where the name stands now."""

import warnings
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from analysis.core.near import near_names

# By the namespace that each name stands in since the old ones were given up; the last two are types of results, which need no public name.
_MOVED = {
    "compare": (
        "standardised_rates adjusted_ratios Pair paired find_duplicates find_events with_events with_period "
        "hit_positions divergence_rates dominant_frames dominance_shares cooccurrence frame_elements "
        "frames_from_elements FrameElements ElementFrames read_events smooth_trend KeynessOptions Near Choices "
        "Finding specification_curve"
    ),
    "learn": (
        "Vectors train_vectors read_vectors read_axes frame_axes axis_words FrameClassifier train_classifier "
        "CrossValidation cross_validate deciding_words label_scores calibration confusion"
    ),
    "extend": (
        "lexicon_from_mapping convert_lexicon LexiconFile add_entries Trial Trials try_entry key_terms Effect "
        "Decision record_decision read_decisions judged_words log_variant read_variants Workbench"
    ),
    "reproduce": "fetch require require_count bundle BundleCheck check_bundle",
    "charts": "number_format",
    "reading.description": "Description",
    "reports.article": "ArticleReading",
}
PLACES = {name: f"{place}.{name}" for place, names in _MOVED.items() for name in names.split()}


def with_old_names(public: Callable[[str], Any], known: Iterable[str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of the package: `public`, and before it the old names, each with a DeprecationWarning.

    A name that is neither is an error which says which of the `known` names, or of those in the namespaces, is near.
    """

    def attribute(name: str) -> Any:
        if name not in PLACES:
            try:
                return public(name)
            except AttributeError as error:
                raise AttributeError(f"analysis has no {name!r}{_near(name, known)}") from error
        warnings.warn(
            f"fa.{name} is fa.{PLACES[name]} now; the old name goes after one release",
            DeprecationWarning,
            stacklevel=2,
        )
        place, _, last = PLACES[name].rpartition(".")
        return getattr(import_module(f"analysis.{place}"), last)

    return attribute


def _near(name: str, known: Iterable[str]) -> str:
    near = near_names(name, [*known, *PLACES])
    return f"; did you mean {' or '.join(f'fa.{PLACES.get(one, one)}' for one in near)}?" if near else ""
