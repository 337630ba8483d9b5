"""Benchmarks: how much longer the site takes for much than for little, as ratios."""
