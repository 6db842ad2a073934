"""The report of a corpus in HTML, and one article in full."""
