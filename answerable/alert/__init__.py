"""Story to Signal: what changed, measured against what was expected."""
