"""Measured speeds: pages with 100,000 items stored, and an import with its memory. Run by `make bench`."""
