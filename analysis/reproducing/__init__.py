"""Results made again: which figures are out of date, and notebooks run anew on any corpus."""
