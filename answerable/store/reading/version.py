"""Whether anything has changed that Now shows: a few numbers, quicker to read than the page is to make."""

from __future__ import annotations

from answerable.store.reading.rows import rows


def desk_version() -> str:
    """Differs after every desk change, every item stored or read, every alert, merge and try of a source."""
    return ".".join(
        str(value)
        for value in rows(
            "SELECT (SELECT MAX(id) FROM ledger), (SELECT MAX(id) FROM items), (SELECT MAX(id) FROM alerts), "
            "(SELECT MAX(id) FROM signals), (SELECT MAX(id) FROM story_merges), "
            "(SELECT COUNT(*) FROM items WHERE thread_id IS NULL), (SELECT MAX(last_try_at) FROM sources), "
            "(SELECT MAX(id) FROM source_alarms), "
            "(SELECT COUNT(*) FROM source_alarms WHERE ended_at IS NULL), "
            "(SELECT SUM(steps + 1) FROM calls WHERE ended_at IS NULL), "
            "(SELECT COUNT(*) FROM backlog WHERE items > 0), (SELECT SUM(times) FROM quarantined)"
        )[0]
    )
