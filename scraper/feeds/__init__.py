"""Feeds: a module per family of formats, `parse` in front of them. Bytes go in, `FeedEntry` values come out."""
