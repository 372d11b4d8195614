"""Outgoing to receipt: the public page and the feeds."""
