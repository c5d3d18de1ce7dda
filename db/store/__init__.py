"""The store: `connection.Store` owns the transactions, every other module holds one queue's reads and writes."""
