"""Tests of votes and opinions."""
