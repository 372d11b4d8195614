"""Reading for pages: plain values, quick at 100,000 items, never a write."""
