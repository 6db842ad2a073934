"""Patterns and the one matcher, for frames, cues, negators and targets alike."""
