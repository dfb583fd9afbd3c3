"""Repeatable measurements, as ratios within one run: `make bench`. Figures are printed and kept in benchmarks/RESULTS.md."""
