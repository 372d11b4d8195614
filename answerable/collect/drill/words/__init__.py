"""What the people of Brackwater say: one file for each language and matter, nothing but words."""

from __future__ import annotations

from answerable.collect.drill.grammar import Rules
from answerable.collect.drill.words.en_chatter_home import EN_CHATTER_HOME
from answerable.collect.drill.words.en_chatter_town import EN_CHATTER_TOWN
from answerable.collect.drill.words.en_festival import EN_FESTIVAL
from answerable.collect.drill.words.en_papers import EN_PAPERS
from answerable.collect.drill.words.en_rumour import EN_RUMOUR
from answerable.collect.drill.words.en_town import EN_TOWN
from answerable.collect.drill.words.en_water import EN_WATER
from answerable.collect.drill.words.es_chatter import ES_CHATTER
from answerable.collect.drill.words.es_matters import ES_FESTIVAL, ES_RUMOUR, ES_WATER
from answerable.collect.drill.words.es_town import ES_TOWN
from answerable.collect.drill.words.zh_chatter import ZH_CHATTER
from answerable.collect.drill.words.zh_matters import ZH_FESTIVAL, ZH_RUMOUR, ZH_WATER
from answerable.collect.drill.words.zh_town import ZH_TOWN


def chatter(language: str) -> Rules:
    """Everyday topics of a language: rule -> sentences."""
    return {"en": {**EN_CHATTER_TOWN, **EN_CHATTER_HOME}, "es": ES_CHATTER, "zh": ZH_CHATTER}[language]


def rules(language: str) -> Rules:
    """All rules of a language but the everyday topics."""
    return {
        "en": {**EN_TOWN, **EN_WATER, **EN_RUMOUR, **EN_FESTIVAL},
        "es": {**ES_TOWN, **ES_WATER, **ES_RUMOUR, **ES_FESTIVAL},
        "zh": {**ZH_TOWN, **ZH_WATER, **ZH_RUMOUR, **ZH_FESTIVAL},
    }[language]


def papers(language: str) -> Rules:
    """What newsrooms and institutions of a language write: matter -> "07:20 author || title || text"."""
    return EN_PAPERS if language == "en" else {}
