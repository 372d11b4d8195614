"""What was forecast, what came of it, what was advised and what people chose. Counts and numbers, no text.

The engine writes all but the choices; those are people's, each with its row in the ledger.
"""

from __future__ import annotations

from django.db import models


class ForecastRow(models.Model):
    """One forecast; never made twice, never changed but to be scored once."""

    story = models.ForeignKey("store.Story", on_delete=models.CASCADE, db_index=False)
    exercise = models.BooleanField(default=False)
    hour = models.IntegerField()  # hours since 1970: it counts items published from its beginning …
    horizon = models.PositiveSmallIntegerField()  # … for so many hours
    due = models.IntegerField()  # hour + horizon
    made_at = models.DateTimeField()
    expected = models.FloatField()
    low = models.PositiveIntegerField()  # 95% interval
    high = models.PositiveIntegerField()
    quantiles = models.JSONField()  # at alert.forecast.LEVELS
    naive = models.JSONField()  # the seasonal-naive forecast's
    inputs = models.JSONField()  # what learning needs
    observed = models.PositiveIntegerField(null=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "forecasts"
        constraints = [models.UniqueConstraint(fields=["story", "horizon", "hour"], name="forecast_once")]
        indexes = [
            models.Index(fields=["exercise", "due"], name="forecast_due", condition=models.Q(observed=None)),
        ]


class ForecastDay(models.Model):
    """Sums over the forecasts that ended on a day (UTC), so that the public page need not add them up."""

    exercise = models.BooleanField(default=False)
    day = models.DateField()
    horizon = models.PositiveSmallIntegerField()
    scored = models.PositiveIntegerField(default=0)
    inside50 = models.PositiveIntegerField(default=0)
    inside80 = models.PositiveIntegerField(default=0)
    inside90 = models.PositiveIntegerField(default=0)
    inside95 = models.PositiveIntegerField(default=0)
    above = models.PositiveIntegerField(default=0)  # more came than the 95% interval holds
    naive_inside95 = models.PositiveIntegerField(default=0)
    wis = models.FloatField(default=0)
    wis_naive = models.FloatField(default=0)
    wis_log = models.FloatField(default=0)
    wis_log_naive = models.FloatField(default=0)

    class Meta:
        db_table = "forecast_days"
        constraints = [
            models.UniqueConstraint(fields=["exercise", "day", "horizon"], name="forecast_day_once"),
        ]


class ForecastLearned(models.Model):
    """What a space's forecaster learned; it changes in the transaction that scores."""

    exercise = models.BooleanField(primary_key=True)
    state = models.JSONField()

    class Meta:
        db_table = "forecast_learned"


class AdviceRow(models.Model):
    """What was advised for a story from an hour on; a new row when the advice or its rule changed."""

    story = models.ForeignKey("store.Story", on_delete=models.CASCADE, related_name="advice")
    exercise = models.BooleanField(default=False)
    hour = models.IntegerField()
    made_at = models.DateTimeField()
    advice = models.CharField(max_length=10)  # respond, wait, watch
    rule = models.CharField(max_length=60)
    rules_version = models.PositiveIntegerField()
    inputs = models.JSONField()  # what the rule looked at
    observed_6 = models.PositiveIntegerField(null=True)  # items in the six hours that followed
    observed_24 = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "advice"
        constraints = [models.UniqueConstraint(fields=["story", "hour"], name="advice_once")]
        indexes = [models.Index(fields=["exercise", "hour"], name="advice_hour")]


class AdviceChoice(models.Model):
    """What a person chose on an advice, and what happened from then on."""

    advice = models.ForeignKey(AdviceRow, on_delete=models.CASCADE, related_name="choices")
    choice = models.CharField(max_length=10)
    chosen_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    hour = models.IntegerField()  # the first whole hour after it, on the clock of the space
    observed_6 = models.PositiveIntegerField(null=True)
    observed_24 = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "advice_choices"
