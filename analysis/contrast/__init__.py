"""Contrast: what sets groups of articles apart."""
