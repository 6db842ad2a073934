"""What the rules know of English: quotations, who speaks, what is negated, who is meant."""
