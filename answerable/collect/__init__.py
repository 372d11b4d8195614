"""Outside to Item: collectors, the guarded fetcher, the parse workers and the one door."""
