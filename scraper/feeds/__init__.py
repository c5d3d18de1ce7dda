"""Feeds: a module per family of formats, `parse` in front of them. Bytes go in, a `Feed` comes out."""
