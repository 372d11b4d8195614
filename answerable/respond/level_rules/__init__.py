"""Which level an incident has, by a written and versioned list of rules; and what would lower it."""
