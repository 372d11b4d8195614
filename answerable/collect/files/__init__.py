"""Files: JSON Lines and CSV, also packed with gzip, read row by row."""

from answerable.collect.files.collector import FileCollector
from answerable.collect.files.mapping import Mapping

__all__ = ["FileCollector", "Mapping"]
