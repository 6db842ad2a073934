"""Vectors, frame axes, a classifier of frames, and a finding under other choices."""
