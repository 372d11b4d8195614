"""Events and innocent bursts of made-up posts, through the very pipeline of `up` with its real embedder."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from answerable.records import Incoming
from answerable.run.evaluation.alerts import figures, play
from answerable.run.evaluation.labelled import Labelled
from answerable.understand.embed import Sentences

START = datetime(2026, 3, 2, tzinfo=UTC)
CHATTER = (
    "so tired of {a} today", "anyone up for {a} later?", "my {a} is the best thing ever", "I want {a} right now",
    "watching {a} with my sister", "cannot stop thinking about {a}", "why is {a} so expensive",
    "finally finished {a}, time for bed", "que ganas de {a}", "otra vez {a} con mis amigas", "good morning {a}",
    "{a} makes me laugh every time", "lost my {a} on the bus, of course", "need new {a} before friday",
)  # fmt: skip
THINGS = (
    "pizza", "homework", "coffee", "the gym", "my playlist", "new shoes", "chocolate", "the weekend", "my cat",
    "a haircut", "tacos", "football practice", "this book", "the beach", "my headphones", "karaoke", "noodles",
)  # fmt: skip
EVENTS = {
    "power cut": (
        "No power in Brackwater since six, the whole quarter is dark", "Power cut here too, Mill Lane and the station",
        "Is anybody else without electricity in Brackwater?", "Lift stopped with people in it, no power Brackwater",
        "Se fue la luz en todo Brackwater", "Traffic lights out because of the power cut, careful in Brackwater",
        "Brackwater hospital runs on generators, power out", "Three hours without power, when will it be back Brackwater",
    ),
    "stampede": (
        "People are being crushed at the gate of the Corn Exchange", "Panic at Corn Exchange, many fell and cannot get up",
        "Ambulances at Corn Exchange, somebody says children are hurt", "I got out of Corn Exchange, my friend is missing",
        "Avalancha en Corn Exchange, hay heridos", "Police close the roads around Corn Exchange after the crush",
        "Please stay away from Corn Exchange, doctors need space", "At least nine injured in the crush at Corn Exchange",
    ),
    "outbreak": (
        "Half of my son's class at Quayside school is vomiting", "Quayside school sent all children home, stomach illness",
        "Doctors at the clinic say many Quayside children are ill", "Was it the canteen at Quayside? My daughter has fever",
        "Quayside school closed tomorrow after children fell ill", "Health office takes samples at Quayside canteen",
        "Forty children sick at Quayside now", "Niños enfermos en la escuela Quayside, vomitan",
    ),
}  # fmt: skip
INNOCENT = {
    "match": (
        "Rovers score! What a goal by Okoye", "Okoye again, two nil Rovers, unbelievable", "Rovers are destroying them",
        "That was a bomb of a shot, Rovers!", "Referee is blind, clear penalty for Rovers", "Rovers win, I am crying",
        "Golazo de Rovers, vamos", "Rovers fans going crazy in the pub", "Rovers to the final, champions!",
        "Keeper of the Rovers saved us, killer match", "Best Rovers match of the season", "罗弗斯队绝杀，太精彩了",
    ),
    "show": (
        "Did you see that on Starlight tonight? I am dead", "Starlight: she sang like an angel, give her the prize",
        "The Starlight jury must be joking", "Voting for Mina on Starlight", "Mina wins Starlight, I am screaming",
        "Starlight final was fire tonight", "Mina de Starlight es la mejor, que voz", "Starlight made my mum cry",
        "That Starlight dress though", "No spoilers for Starlight please", "星光总决赛米娜唱得太好了", "Mina Mina Mina Starlight",
    ),
    "holiday": (
        "Happy Lantern Day everybody", "Happy Lantern Day to my lovely family", "Lantern Day fireworks are so beautiful",
        "Feliz Lantern Day a todos", "Eating far too much this Lantern Day", "Lantern Day with grandma, best day",
        "Wishing you all a bright Lantern Day", "Lantern Day selfie with the girls", "Lantern Day 快乐，大家开心",
        "No work on Lantern Day, sleeping in", "Lantern Day presents under the lamp", "So many lights on Lantern Day",
    ),
    "finale": (
        "Night Ferry: I am not ready for the last part", "They let Oona die?! Night Ferry, how dare you",
        "The bridge collapses and he just smiles, Night Ferry is genius", "Night Ferry was a waste of five years",
        "Whole family in front of Night Ferry tonight, popcorn ready", "Somebody talk to me about Night Ferry",
        "El ultimo capitulo de Night Ferry me dejo sin palabras", "Night Ferry soundtrack on repeat",
        "So the captain was the killer all along, Night Ferry", "Night Ferry deserves every prize",
    ),
    "sale": (
        "Black Week at Mertens, everything half price", "Mertens has killer deals this Black Week",
        "Crushed in the queue at Mertens for a toaster lol", "Black Week at Mertens: free delivery until midnight",
        "My wallet died at Mertens today", "Mertens Black Week, televisions from 199", "Mertens is out of headphones",
        "Ofertas de locura en Mertens, Black Week", "Got the last coat at Mertens, Black Week",
    ),
    "weather joke": (
        "Snow in Oldmere! I turned into a snowman at the bus stop", "Oldmere looks like a cake with too much sugar",
        "My cat saw the snow in Oldmere and resigned", "Two snowflakes in Oldmere and everybody buys ten loaves",
        "Oldmere, where spring is a rumour", "I need a sledge for my shopping, Oldmere", "Hot chocolate weather in Oldmere",
        "Que frio en Oldmere, parezco un pinguino", "Snowball fight at lunch, Oldmere forever young",
        "Oldmere: my nose fell off, please forward it",
    ),
}  # fmt: skip


def stream(seed: int) -> list[Labelled]:
    """Two days of chatter; each burst within twenty minutes at its own hour."""
    dice = random.Random(seed)
    said = [
        (dice.uniform(0, 48), dice.choice(CHATTER).format(a=dice.choice(THINGS)), None) for _ in range(900)
    ]
    starts = iter(dice.sample(range(10, 46, 4), len(EVENTS) + len(INNOCENT)))
    for name, texts in EVENTS.items():
        start = next(starts)
        said += [(start + dice.uniform(0, 0.4), text, name) for text in texts]
    for texts in INNOCENT.values():
        start = next(starts)
        said += [(start + dice.uniform(0, 0.2), text, None) for text in texts]
    rows = []
    for number, (hour, text, label) in enumerate(sorted(said, key=lambda one: one[0])):
        at = START + timedelta(hours=hour)
        rows.append(Labelled(f"line {number}", Incoming(str(number), text, published=at), label))
    return rows


@pytest.fixture(scope="module")
def embedder() -> Sentences:
    return Sentences()


@pytest.mark.parametrize("seed", [1, 2])
def test_events_are_told_and_innocent_bursts_are_not(seed: int, embedder: Sentences) -> None:
    """A power cut, a stampede and an outbreak are told within their eight posts, once each; a match, a show, a
    holiday, the end of a series, a sale and jokes about snow, as loud and shorter, raise nothing."""
    told, played = play(stream(seed), embedder=embedder)
    found = figures(told, played)
    assert (found["false_alarms"], found["detected"]) == (0, len(EVENTS))
    assert found["alerts_per_event"] == 1
    assert float(found["median_items_before_alert"] or 99) <= 8
    assert all(one.items >= 5 for one in told)
