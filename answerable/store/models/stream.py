"""What streams: sources, items, threads, stories, signals. The engine is their only writer.

No table is keyed by a private person: `author` is a rotating pseudonym kept for distinct counts alone.
Times of items are epoch milliseconds (UTC), because two million of them are compared every day.
"""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """One place we listen. The cursor moves only in the transaction that stores its items."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # the collector: feeds, files, drill
    address = models.TextField()  # URL or path
    source_class = models.CharField(max_length=20)
    purpose = models.TextField()  # why we listen, public
    unit = models.ForeignKey("store.Unit", null=True, on_delete=models.PROTECT, related_name="sources")
    licence = models.CharField(max_length=200, default="")
    method = models.CharField(max_length=500, default="")  # how its items were gathered, public
    gaps = models.CharField(max_length=500, default="")  # what is missing in it, public
    keep_days = models.PositiveIntegerField(default=90)  # 0: keep
    # Of a mailbox: who writes there asks us, so that each mail becomes a case and is answered by mail.
    makes_cases = models.BooleanField(default=False)
    exercise = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    cursor = models.JSONField(default=dict)
    items = models.PositiveBigIntegerField(default=0)
    # Health, written by collectors (not by the engine)
    interval_s = models.PositiveIntegerField(default=900)  # adapts to the feed
    last_try_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)  # the source answered, with or without news
    last_item_at = models.DateTimeField(null=True)  # the newest item it gave us was heard then
    next_try_at = models.DateTimeField(null=True, db_index=True)
    fails = models.PositiveIntegerField(default=0)  # tries in a row without an answer
    trouble = models.CharField(max_length=60, default="")  # code of the sentence a page shows, "" when well
    trouble_params = models.JSONField(default=dict)
    rejected = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "sources"
        constraints = [models.UniqueConstraint(fields=["kind", "address", "exercise"], name="source_once")]


class Matter(models.Model):
    """A topic that comes back: stories linked across quiet times. After a merge `merged_into` leads on."""

    exercise = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    said = models.FloatField(default=0)  # messages whose names are in `state`
    first_seen = models.BigIntegerField()  # ms, published
    last_seen = models.BigIntegerField()
    heading_story = models.BigIntegerField(default=0)  # the story that heads it
    names = models.JSONField(default=list)  # by which it is recognised, the most telling first
    state = models.BinaryField()  # sums of names and mean of meaning, opaque, at most 2 KB

    class Meta:
        db_table = "matters"
        indexes = [
            models.Index(
                fields=["exercise", "last_seen"], name="matter_live", condition=models.Q(merged_into=None)
            ),
        ]


class MatterName(models.Model):
    """A name by which a matter out of memory is found again."""

    pk = models.CompositePrimaryKey("name", "matter_id")
    name = models.CharField(max_length=80)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "matter_names"


class Story(models.Model):
    """One thing people talk about. After a merge `merged_into` redirects to the older story."""

    exercise = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="stories")
    items = models.PositiveIntegerField(default=0)
    first_seen = models.BigIntegerField()  # ms, published
    last_seen = models.BigIntegerField()
    first_heard = models.BigIntegerField()  # ms, when we received its first item
    heading_item = models.BigIntegerField(null=True)  # the best item's id
    languages = models.JSONField(default=dict)  # {"en": 118}
    classes = models.JSONField(default=dict)  # {"public": 176}
    state = models.BinaryField(null=True)  # centroid of meaning, opaque, at most 2 KB

    class Meta:
        db_table = "stories"
        indexes = [
            models.Index(
                fields=["exercise", "last_seen"], name="story_live", condition=models.Q(merged_into=None)
            ),
            models.Index(
                fields=["last_seen"], name="story_told", condition=models.Q(merged_into=None, items__gte=5)
            ),
        ]


class StoryHour(models.Model):
    """Items of a story by hour of publication; the counts stay when items leave."""

    pk = models.CompositePrimaryKey("story_id", "hour")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, db_index=False)
    hour = models.IntegerField()  # hours since 1970, UTC
    items = models.IntegerField(default=0)

    class Meta:
        db_table = "story_hours"


class StoryFact(models.Model):
    """What one describer found in a story: ids of items and numbers, never words."""

    pk = models.CompositePrimaryKey("story_id", "kind")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)  # the describer's name
    value = models.JSONField()
    items = models.PositiveIntegerField()  # of the story when it was read; 0 when it must be read again
    made_at = models.DateTimeField()

    class Meta:
        db_table = "story_facts"


class StoryLook(models.Model):
    """What a colleague last saw of a story, so that its page can say what is new since."""

    pk = models.CompositePrimaryKey("person_id", "story_id")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    before_at = models.DateTimeField()  # the end of the visit before this one
    before = models.JSONField()
    last_at = models.DateTimeField()
    last = models.JSONField()

    class Meta:
        db_table = "story_looks"


class ThreadRow(models.Model):
    """A micro-cluster; its sums are in `state` so that a restart loads it and goes on."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="threads")
    born = models.BigIntegerField(null=True)  # the story it began in: what a merge is undone by
    exercise = models.BooleanField(default=False)
    items = models.PositiveIntegerField(default=0)
    first_seen = models.BigIntegerField()
    last_seen = models.BigIntegerField()
    head_item = models.BigIntegerField(null=True)
    active = models.BooleanField(default=True)  # still in the engine's index
    state = models.BinaryField()

    class Meta:
        db_table = "threads"
        indexes = [models.Index(fields=["exercise"], name="thread_active", condition=models.Q(active=True))]


class ItemRow(models.Model):
    """One message. `thread` is null until the engine has understood it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.BinaryField()  # HMAC of the external id
    link_key = models.BinaryField(null=True)
    author = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    link = models.TextField(default="")
    title = models.TextField(default="")
    text = models.TextField()
    language = models.CharField(max_length=12, default="")
    published = models.BigIntegerField()  # ms
    heard = models.BigIntegerField()  # ms
    batch = models.BigIntegerField()  # the engine transaction that stored it
    thread = models.ForeignKey(ThreadRow, null=True, on_delete=models.SET_NULL, db_index=False)
    duplicate_of = models.BigIntegerField(null=True)  # earlier item with nearly the same words
    revision = models.PositiveSmallIntegerField(default=1)  # the source edited it
    exercise = models.BooleanField(default=False)
    likes = models.PositiveIntegerField(default=0)  # people who agreed there, as the source counts them
    place = models.TextField(default="")  # a region that the source names
    version = models.BigIntegerField(null=True)  # grows with each edit; None where the source does not say

    class Meta:
        db_table = "items"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="item_once")]
        indexes = [
            models.Index(fields=["thread", "published"], name="item_thread"),
            models.Index(fields=["exercise", "id"], name="item_pending", condition=models.Q(thread=None)),
            models.Index(fields=["link_key"], name="item_link", condition=models.Q(link_key__isnull=False)),
            models.Index(fields=["exercise", "published"], name="item_time"),
            models.Index(fields=["source", "heard"], name="item_source_heard"),
            models.Index(fields=["thread", "likes"], name="item_liked", condition=models.Q(likes__gt=0)),
        ]


class ItemPicture(models.Model):
    """A picture that came with an item, by which the same one is known again. It leaves with the item."""

    item = models.BigIntegerField(db_index=True)
    hashed = models.BinaryField()  # 128 bits: which parts of it are brighter than their neighbours

    class Meta:
        db_table = "item_pictures"


class Tombstone(models.Model):
    """What stays of an item that left: enough for counts to hold, nothing of what it said."""

    item = models.BigIntegerField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key = models.BinaryField()  # so that a source which still lists it does not bring it back
    hour = models.IntegerField()
    story = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20)  # age, request, upstream, unheard (taken back before it came)
    at = models.DateTimeField()

    class Meta:
        db_table = "tombstones"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="tombstone_once")]
        indexes = [
            models.Index(fields=["at"], name="tombstone_unheard", condition=models.Q(reason="unheard"))
        ]


class StoryMerge(models.Model):
    """Why two stories became one: shown on the page, kept for ever."""

    winner = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="won")
    loser = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="lost")
    at = models.BigIntegerField()
    lexical = models.FloatField()
    meaning = models.FloatField()
    shared = models.JSONField(default=list)
    by_hand = models.BooleanField(default=False)

    class Meta:
        db_table = "story_merges"


class StoryLink(models.Model):
    """A person's word that two threads belong together (must) or do not (cannot)."""

    kind = models.CharField(max_length=10)
    thread_a = models.ForeignKey(ThreadRow, on_delete=models.CASCADE, related_name="+")
    thread_b = models.ForeignKey(ThreadRow, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "story_links"


class StoryEdit(models.Model):
    """A person's wish to split or merge a story, until the engine, the one writer, has carried it out."""

    kind = models.CharField(max_length=10)  # split, merge
    exercise = models.BooleanField(default=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Story, null=True, on_delete=models.CASCADE, related_name="+")  # of a merge
    threads = models.JSONField(default=list)  # that leave in a split
    asked_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    made = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="+")  # by a split
    trouble = models.CharField(max_length=40, default="")  # why nothing was done, "" when it was

    class Meta:
        db_table = "story_edits"
        indexes = [
            models.Index(
                fields=["exercise", "id"], name="story_edit_waits", condition=models.Q(done_at=None)
            ),
        ]


class SignalRow(models.Model):
    """A measured change with its baseline and the very items that were counted."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=20)
    at = models.BigIntegerField()  # ms, stream time
    window_s = models.PositiveIntegerField()
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    p = models.FloatField()
    test = models.CharField(max_length=40)
    items = models.JSONField()  # ids, as many as `observed`
    part = models.CharField(max_length=80, default="")  # "": the whole story; "class:outlet"
    score = models.FloatField(default=0)  # surprise and concern together
    bar = models.FloatField(default=0)  # what a score had to reach at that time
    concern = models.FloatField(default=0)  # -1 like everything else … 1 like our concerns
    matter = models.CharField(max_length=80, default="")  # group of the nearest line of the list
    resembles = models.CharField(max_length=300, default="")  # that line
    kept_at = models.DateTimeField(null=True)  # when the desk measured it; None for rows of old desks
    # The alert it raised or grew; None when it called nobody.
    alert = models.ForeignKey("store.Alert", null=True, on_delete=models.SET_NULL, related_name="grown")

    class Meta:
        db_table = "signals"
        indexes = [models.Index(fields=["kept_at"], name="signal_kept")]


class Alert(models.Model):
    """A signal that goes to somebody on duty. One story has at most one open alert: it grows."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="alerts")
    signal = models.ForeignKey(SignalRow, on_delete=models.CASCADE, related_name="alerts")
    exercise = models.BooleanField(default=False)
    raised_at = models.DateTimeField(db_index=True)  # when the desk heard it: clocks count from here
    state = models.CharField(max_length=20, default="open")  # open, acknowledged, dismissed, incident
    decided_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT)
    decided_at = models.DateTimeField(null=True)
    dismissed_as = models.CharField(max_length=20, default="")  # false_alarm, known_matter, not_ours

    class Meta:
        db_table = "alerts"
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(state="open"), name="alert_one_open"
            ),
        ]
