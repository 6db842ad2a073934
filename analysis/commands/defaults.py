"""The files that commands take where none is named."""

from pathlib import Path

from analysis.core.shipped import shipped

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT / "data" / "articles"
FRAMES = shipped("frames.yml")
TARGETS = shipped("targets.yml")
SAMPLE_TARGETS = shipped("targets-sample.yml")
