from .validation.disagreements import disagreements
from .validation.drift import drift

__all__ = ["disagreements", "drift"]
