"""The HITS table, and what is read directly from texts: concordances, names, traced quotations, positions."""
