"""Item to Story: language, near-duplicates, threads, stories."""
