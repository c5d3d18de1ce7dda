"""The web comes in, an `Article` goes out. Knows nothing of history, rulings or the database."""
