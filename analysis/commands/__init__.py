"""What each command of `framing` does with its options; it returns the exit code."""
