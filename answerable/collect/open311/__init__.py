"""Listens to another city's Open311 endpoint (GeoReport v2)."""
