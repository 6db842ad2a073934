"""The scorecard of reliability: each module judges some of the 27 rows, case by case."""
