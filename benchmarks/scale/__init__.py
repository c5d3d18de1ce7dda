"""Millions of articles on one machine: is it still quick, cheap and polite? `python -m benchmarks.scale`."""
