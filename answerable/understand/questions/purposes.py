"""The purposes a standing question may have. Each but the last names a matter; the last asks for one."""

from __future__ import annotations

OTHER = "other"
HIDDEN = ("person_safety",)  # their name and words would point at the person they protect

PURPOSES = (
    "service_failure",
    "safety",
    "person_safety",
    "health",
    "transport",
    "environment",
    "consultation",
    "rumour",
    "event",
    OTHER,
)
