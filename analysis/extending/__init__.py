"""Extending a lexicon: what an edit changes, what a corpus says against it, and what could be added."""
