"""The report of a corpus: one HTML file in which every number opens its sentences."""
