"""Tokens × Lexicon → HITS, and what is counted over them."""
