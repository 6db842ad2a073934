from .learning.axes import axis_words, frame_axes, read_axes
from .learning.classifier import CrossValidation, FrameClassifier, cross_validate, deciding_words, train_classifier
from .learning.polarity import polarity
from .learning.polarity_model import PolarityModel, read_polarity
from .learning.polarity_training import train_polarity
from .learning.predictions import calibration, confusion, label_scores
from .learning.vectors import Vectors, read_vectors, train_vectors

__all__ = [
    "Vectors",
    "train_vectors",
    "read_vectors",
    "read_axes",
    "frame_axes",
    "axis_words",
    "FrameClassifier",
    "train_classifier",
    "CrossValidation",
    "cross_validate",
    "deciding_words",
    "polarity",
    "train_polarity",
    "read_polarity",
    "PolarityModel",
    "label_scores",
    "calibration",
    "confusion",
]
