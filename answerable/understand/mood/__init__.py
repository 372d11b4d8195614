"""How people feel about a matter, as shares of a group with an interval; never a verdict on one person."""
