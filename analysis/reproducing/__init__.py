"""Notebooks run again: the course on another corpus, each notebook with an outcome."""
