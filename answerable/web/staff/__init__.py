"""Pages for people who work here. One page action, one file."""
