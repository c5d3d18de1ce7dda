"""A simulated newsroom: are the rulings that accuse true? `python -m benchmarks.newsroom`."""
