"""Answerable: hear the public early, answer on time with evidence, and let anyone check that you did."""

# The system's SQLite is often older than 3.51.3, whose WAL can be corrupted by two writers. This is the only
# code here, because it has to run before anything (Django, a library) imports sqlite3.
import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
