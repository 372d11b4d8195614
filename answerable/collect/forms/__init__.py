"""What people tell us by our own forms: stored already, and handed on from there."""
