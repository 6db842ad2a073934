from .counting.periods import with_period
from .counting.selection import Near
from .hits.positions import hit_positions
from .learning.specification import Choices, Finding, specification_curve
from .measures.comparisons import Pair, paired
from .measures.cooccurrence import cooccurrence
from .measures.divergence import divergence_rates
from .measures.dominance import dominance_shares, dominant_frames
from .measures.elements import ElementFrames, FrameElements, frame_elements, frames_from_elements
from .measures.keyness_formulas import KeynessOptions
from .measures.regression import adjusted_ratios
from .measures.standardisation import standardised_rates
from .measures.trends import read_events, smooth_trend
from .reading.duplicates import find_duplicates
from .reading.events import find_events, with_events

__all__ = [
    "standardised_rates",
    "adjusted_ratios",
    "Pair",
    "paired",
    "find_duplicates",
    "find_events",
    "with_events",
    "with_period",
    "hit_positions",
    "divergence_rates",
    "dominant_frames",
    "dominance_shares",
    "cooccurrence",
    "frame_elements",
    "frames_from_elements",
    "FrameElements",
    "ElementFrames",
    "read_events",
    "smooth_trend",
    "KeynessOptions",
    "Near",
    "Choices",
    "Finding",
    "specification_curve",
]
