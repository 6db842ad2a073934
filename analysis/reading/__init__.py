"""Files and tables of articles in, a Corpus out: what was kept, what was rejected, what was cut."""
