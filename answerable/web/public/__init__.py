"""Pages that anybody may read without signing in. Nothing of a drill is ever reachable from here."""
