"""The memory: schema, store, and the pages that Datasette shows."""
