"""Formulas on counts: rates, comparisons, keyness, TF-IDF, trends."""
