"""The drill: a day in a town that does not exist, played as if it were heard.

Texts come from grammars in `words/`, their order from `plan`, their time from `clock`.
"""

from answerable.collect.drill.clock import ExerciseClock
from answerable.collect.drill.collector import DrillCollector
from answerable.collect.drill.day import Played, day
from answerable.collect.drill.plan import DEFAULT_NAME, DEFAULT_SPEED, DRILLS

__all__ = ["DEFAULT_NAME", "DEFAULT_SPEED", "DRILLS", "DrillCollector", "ExerciseClock", "Played", "day"]
