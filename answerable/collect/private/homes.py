"""Where somebody lives: the number of the house and the flat, and a full postcode beside them.

The street itself stays, because a desk must hear where the water is brown; a street is no household.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private.eastern import office
from answerable.collect.private.envelopes import ENGLISH_WORDS, GERMAN_WORDS, ROMANCE_WORDS, public_house
from answerable.collect.private.span import Span, has

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_LITTLE = r"(?:(?:de|del|de la|de los|de las|la|las|los|el|do|da|dos|das|du|des|d['’]|l['’]|e|y)\s?)"
_EN_WAY = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Court|Ct|Crescent|Cres|Terrace|Place|Pl|Way|Gardens|Gdns|Grove|"
    r"Boulevard|Blvd|Hill|Mews|Row|Square|Sq|Walk|Parade|Rise|View|Wharf|Quay)\b"
)
_FLAT = r"(?:(?:flat|apt\.?|apartment|unit|suite|room)\s?#?\d{1,4}[a-z]?,?\s)?"
_HOMES = (
    # English: 14 Mill Lane; Flat 3, 14b Mill Lane
    re.compile(rf"(?i:(?<![\w.,:/£$€-])(?P<a>{_FLAT}\d{{1,5}}[a-z]?(?:[-–/]\d{{1,4}}[a-z]?)?),?\s(?-i:(?:{_CAP}\s){{1,3}}{_EN_WAY}))"),
    re.compile(
        rf"(?i:\b(?:at|live at|address is|address:|home at|number|no\.?)\s(?P<a>{_FLAT}\d{{1,4}}[a-z]?),?\s(?:[a-z'’]+\s){{1,2}}{_EN_WAY})"
    ),
    # Spanish and Portuguese: Calle Mayor 5, 3º B; Rua das Flores, n.º 12, 2.º Esq.
    re.compile(
        rf"(?i:(?<!\w)(?:calle|c/|avda\.?|avenida|av\.?|plaza|pza\.?|paseo|camino|carrera|cra\.?|ronda|traves[íi]a|rua|r\.|travessa|pra[çc]a|largo|"
        rf"alameda|estrada|beco)(?:\s|(?<=[./])))(?![A-Z]{{1,3}}\b)(?:{_LITTLE}{{0,2}}{_CAP}\s?){{1,5}},?\s"
        r"(?P<a>(?i:n(?:[úu]m(?:ero)?)?[.ºo°]{0,2}\s?)?\d{1,5}\b(?i:(?:,?\s?(?:\d{1,2}\.?[ºª°]\s?[A-Za-z]{0,4}\b|piso\s\d+\w?|puerta\s\w+|apto?\.?\s?\w+|"
        r"esc\w*\.?\s\w+|dto\.?|esq\.?|bloco\s\w+|andar\b))*))(?!\s?(?:€|%|h\b|horas|euros|de\s(?:enero|janeiro)))"
    ),
    # French: 12 bis, rue de la Paix
    re.compile(
        r"(?<![\w.,:/€-])(?P<a>(?i:appt?\.?\s?\d{1,4},?\s)?\d{1,4}(?i:\s?(?:bis|ter|quater))?),?\s"
        r"(?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|quai|route|cours|square|passage|faubourg|sentier)\s"
        r"(?:de|du|des|la|le|les|d['’]|l['’]|[A-ZÀ-Þ])"
    ),
    # German: Mühlenweg 7a, 3. Stock
    re.compile(
        r"\b(?!(?:Park|Arbeits|Spiel|Sport|Camping|Sitz|Steh|Stell|Listen|Start|Tabellen|Studien|Ausbildungs)platz)"
        r"(?:[A-ZÄÖÜ][\wäöüß.-]*[- ]?(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.)|[A-ZÄÖÜ][\wäöüß-]+(?:weg|platz|gasse|allee|ring|damm|ufer|steig|chaussee))\s"
        r"(?P<a>\d{1,4}(?:\s?[a-h])?\b(?:,?\s(?:\d\.?\s(?:Stock|OG|Etage)|Whg\.?\s?\d+|Wohnung\s\d+))?)(?!\s?(?:Uhr|Euro|€|%|\.\s?(?:Jan|Feb|M[äa]r|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)))"
    ),
    # Chinese: 中山路123号, 幸福小区12栋3单元502室
    re.compile(
        r"(?:路|街|道|巷|弄|胡同)(?P<a>\d{1,5}(?:号|號|弄)(?!线|線|地铁|公交|台风|文)(?:院|楼)?(?:\d{1,4}(?:号楼|栋|幢|座|单元|室|号|楼|层|房))*)"
    ),
    re.compile(
        r"(?:小区|花园|花苑|苑|新村|公寓|大厦|家园|城|庭|府|湾|里|村|园|居|期)(?P<a>[A-Za-z]?\d{1,3}(?:号楼|栋|幢|座)(?:\d{1,2}单元)?(?:\d{1,5}(?:室|号|房|户))?)"
    ),
)  # fmt: skip
_POSTCODES = (
    re.compile(
        r"(?<![A-Za-z0-9])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
    ),
    re.compile(
        r"(?<![A-Za-z0-9])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9])"
    ),  # Canada
)


# Parts of words of which a text must have one for a look at the form of the same place to be worth while.
_NEEDED: tuple[tuple[str, ...], ...] = (
    ENGLISH_WORDS,
    ENGLISH_WORDS,
    ROMANCE_WORDS,
    ("rue", "av", "bd", "boulevard", "place", "chemin", "impasse", "all", "quai", "route", "cours", "square", "passage", "faubourg", "sentier"),
    GERMAN_WORDS,
    ("号", "號", "弄"),
    ("楼", "栋", "幢", "座"),
)  # fmt: skip
# In Chinese the house is named after its number.
_EASTERN_HOUSE = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:大学|大學|医院|醫院|小学|小學|中学|中學|学校|學校|图书馆|圖書館|博物馆|博物館|政府|派出所|公安局|法院|车站|車站|地铁站|公园|公園|体育馆|體育館|政务|邮局|郵局|居委会)"
    r"(?!家属|家屬|宿舍|旁|对面|對面|附近|后面|後面)"
)
_CODE_REACH = 40  # characters from a street to the postcode that belongs to it
_CODED = re.compile(r"[A-Z]\d")


def homes(text: str) -> Iterator[Span]:
    """The numbers of houses and flats, and postcodes that stand for a few houses only; not of houses for everybody."""
    low = text.lower()
    public = []
    for form, needed in zip(_HOMES, _NEEDED, strict=True):
        if has(low, needed):
            for found in form.finditer(text):
                if (
                    public_house(text, found.start())
                    or office(text, found.start())
                    or _EASTERN_HOUSE.match(text, found.end())
                ):
                    public.append(found.end())
                else:
                    yield Span(*found.span("a"), "address")
    if _CODED.search(text):
        for form in _POSTCODES:
            for found in form.finditer(text):
                if not any(0 <= found.start() - end <= _CODE_REACH for end in public):
                    yield Span(*found.span(), "address")
