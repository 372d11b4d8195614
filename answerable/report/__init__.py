"""Evidence to documents."""
