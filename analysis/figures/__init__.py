"""Figures: each draws a table and computes nothing."""
