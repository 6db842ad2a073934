"""Corpus → Tokens: the segmentation kernel, types and forms, sentences."""
