"""The forms that lexicons are written in."""
