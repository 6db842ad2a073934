"""How good a lexicon is: samples, codebooks, codings by people, agreement, accuracy and corrected rates."""
