"""Generators of news-archive export files, with what a right reader must return for each."""
