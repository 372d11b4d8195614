"""Questions, votes and opinions: what groups of people agree on, counted without knowing who anybody is."""
