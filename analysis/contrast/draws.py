"""Moved to analysis.framing.draws; this name goes away."""

from analysis.framing.draws import interval_name, percentile_interval, ratio, resampled_sums

__all__ = ["interval_name", "percentile_interval", "ratio", "resampled_sums"]
