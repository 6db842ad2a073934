from .validation.corrections import correction

__all__ = [
    "correction",
]
