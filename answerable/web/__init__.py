"""Pages: the desk's own and the public ones."""
