"""Feeds: RSS, Atom, RDF, JSON Feed and OPML, from a polite fetch to messages."""
