"""Scores records against labels."""
