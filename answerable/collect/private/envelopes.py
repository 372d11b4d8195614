"""Postal addresses that are written out as on an envelope: with a flat or floor, a postcode, or both.

Such an address names a household, so all of it goes: street, number, flat, postcode and town. What only has a
street and a number stays a place in town (`homes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private.context import counts_something
from answerable.collect.private.span import Span, has

_SEP = r"(?:\s?[,;·]\s?|\s-\s|\s)"
_WORD = r"[^\W\d_][\w'’.-]{0,24}"
_WAYS = (
    r"(?:street|str?|road|rd|lane|ln|avenue|ave?|drive|dr|close|court|ct|crescent|cres|terrace|tce|place|pl|way|gardens|gdns|grove|gr|boulevard|blvd|"
    r"hill|mews|row|square|sq|walk|parade|pde|rise|view|wharf|quay|park|circle|cir|circuit|cct|parkway|pkwy|highway|hwy|trail|trl|green|villas|estate|loop|"
    r"esplanade|nagar|marg|broadway|heights|fields|meadows?)\b\.?"
)
_HEAD = r"(?:(?:flat|apt\.?|apartment|unit|suite|room|appt?\.?|appartement)\s?#?[a-z]?\d{1,4}[a-z]?,?\s)"
_CORE_ENGLISH = re.compile(
    rf"(?<![\w.,:/£$€-])(?P<unit>{_HEAD})?\d{{1,5}}[a-z]?(?:[-–/]\d{{1,4}}[a-z]?)?,?\s(?!an?\s)(?:[\w'’.-]{{1,20}}\s){{1,4}}?{_WAYS}"
    r"(?:\s(?:lower|upper|north|south|east|west|[ns][ew]?|[ew])\b)?"
)
_CORE_FLAT = re.compile(r"(?<![\w-])(?P<unit>(?:flat|apt\.?|apartment|unit)\s#?\d{1,4}[a-z]?)(?=,\s)")
_CORE_INDIAN = re.compile(
    r"(?<![\w/-])(?:(?:house|door|plot|h\.?|flat)\s(?:no\.?\s?)?)?(?:[a-z]-?)?\d{1,4}[a-z]?(?:/\d{1,4})?"
    r"(?=,\s[^\W\d_][^,\d\n]{2,30},\s[^\d\n]{3,40}[\s-][1-9]\d\d ?\d{3}\b)"
)
_CORE_NAMED = re.compile(
    rf"(?<!\w)(?!(?:sala|salle|aula|saal|raum|zimmer|room|senha|turno|box|mesa|guich[êe]|ventanilla|balc[ãa]o|gabinete|consult[óo]rio|despacho|art\w*|lei|ley)\b){_WORD}\s\d{{1,5}}(?=,?\s(?:dep(?:ar)?to|dpto|departamento|piso|int\.|interior|apto|ap\.|bloco|bte|app\.|appt|\d{{1,2}}\.?[ºª°]))"
)
_CORE_ROMANCE = re.compile(
    r"(?<![\w/])(?:c/\s?|(?:calle|cl\.?|avda\.?|avenida|av\.|av|avd\.?|plaza|pza\.?|pl\.|paseo|blvd\.?|bv\.|p[º°]\.?|camino|carrera|cra\.?|kra?\.|ronda|traves[íi]a|r[úu]a|r\.|"
    r"carretera|ctra\.?|callej[óo]n|privada|calzada|jir[óo]n|jr\.|pasaje|psje\.?|urbanizaci[óo]n|urb\.|glorieta|diagonal|circuito|cerrada|rambla|gran v[íi]a|"
    r"passeig|carrer|bulevar|cuesta|costanera|pol[íi]gono|barrio|bairro|praceta|rotunda|viela|loteamento|travessa|tv\.|pra[çc]a|p[çc]\.|largo|alameda|al\.|estrada|beco|rodovia|rod\.|cal[çc]ada|azinhaga|ladeira|servid[ãa]o|quinta(?!\s(?:[àa]s?|de manh[ãa]|feira|dia)\b)|"
    r"chauss[ée]e|ch\.|chemin|rue|avenue|impasse|cours|square|passage|faubourg|mont[ée]e|place|quai|boulevard|bd\.?|route|rte\.?|all[ée]e|clos|drève|sentier|ruelle)\s)"
    rf"(?:\d{{1,2}}\sde\s)?(?:{_WORD}\s){{0,5}}?{_WORD},?\s(?:n(?:[úu]m(?:ero)?)?[.º°o]{{0,2}}\s?|#\s?)?(?!\d{{1,2}}\s?h(?:\d\d)?\b)\d{{1,5}}(?:\s?[a-z]\b(?![\w/'’]))?(?:[-/]\d{{1,4}})?\b(?!\s?[ºª°])"
)
_CORE_COLOMBIAN = re.compile(
    r"(?<![\w/])(?P<unit>(?:calle|cll?\.?|carrera|cra?\.?|kra?\.?|diagonal|dg\.?|transversal|tv\.?|avenida|av\.?)\s\d{1,3}\s?[a-z]{0,2}(?:\s(?:bis|sur|norte|este|oeste))?"
    r"\s?(?:#|n[o°º]\.?)\s?\d{1,3}\s?[a-z]{0,2}(?:\s(?:bis|sur|norte|este))?\s?[-–]\s?\d{1,3})\b"
)
_CORE_FRENCH = re.compile(
    rf"(?<![\w.,:/€-])(?P<unit>{_HEAD})?\d{{1,5}}(?:\s?(?:bis|ter|quater|[a-d]))?,?\s"
    r"(?:rue|avenue|av\.?|boulevard|bd|bld|blvd|place|pl\.|chemin|ch\.|impasse|all[ée]e|quai|route|rte|cours|square|passage|faubourg|sentier|ruelle|mont[ée]e|"
    r"c[ôo]te|rang|villa|cit[ée]|r[ée]sidence|hameau|lotissement|clos|esplanade|promenade|voie)(?=\s)"
)
# A house has no nought before its number; what looks like one is a telephone's beginning.
_GERMAN_NUMBER = r"[1-9]\d{0,3}(?:\s?[a-h]\b)?(?:\s?[/-]\s?\d{1,3}){0,3}\b(?![,.]\d)"
_CORE_GERMAN = re.compile(
    r"(?<!\w)[\w-]{0,30}(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|steig|chaussee|markt|graben|kai|zeile|promenade|quai|rain|hof)\s"
    + _GERMAN_NUMBER
)
_CORE_GERMAN_AT = re.compile(
    r"(?<!\w)(?:am|an der|an den|im|in der|in den|zum|zur|auf der|auf dem|unter den|hinter der|vor dem|alter|alte|neuer|neue|gro(?:ß|ss)e|kleine|obere|untere|sankt|st\.)\s"
    rf"(?:{_WORD}\s){{1,3}}?{_GERMAN_NUMBER}"
)
_CORE_ANY = re.compile(
    rf"(?<!\w){_WORD}\s\d{{1,4}}[a-h]?(?=,\s(?:[a-z]{{1,2}}-)?(?!(?:19|20)\d\d\b)\d{{4,5}}\s[^\W\d_])"
)
_ONE = r"(?:[a-z]?\d{{1,4}}[a-z]?|(?P<{}>[a-z]))(?!\w)"
_UNIT = re.compile(
    _SEP
    + r"\(?(?:"
    + "|".join(
        (
            r"(?:flat|apt|apartment|unit|suite|ste|room|rm|floor|level|piso|planta|puerta|pta|escalera|portal|bloque|esc|dep(?:ar)?to|dpto|departamento|torre|"
            r"oficina|local|manzana|apto?|apartamento|sala|bloco|loja|fra[cç]{1,2}[ãa]o|quadra|conjunto|porta|app|appt|appartement|b[aâ]t|b[aâ]timent|bo[iî]te|bte|"
            r"escalier|porte|[ée]tage|whg|wohnung|top|t[üu]r|stiege|shop)(?:\.\s?|\s|(?=[\d#]))#?(?:nr?[.º°]{1,2}\s?)?"
            + _ONE.format("a"),
            r"(?:int|interior|ext|of|edif|casa|bl|lt|lote|qd|mz|cj|ap|fl|haus)\.?\s?\d{1,4}[a-z]?\b",
            r"#\s?[a-z]?\d{1,5}[a-z]?\b",
            r"(?:ground|first|second|third|fourth|top|\d{1,2}(?:st|nd|rd|th))\sfloor",
            r"\d{1,2}\s?\.?[ºª°]\.?(?:\s?(?:izq(?:uierda|da|uierdo|do)?|der(?:echa)?|dcha|dch|dta|dto|direito|dir|esq(?:uerdo)?|frente|fte|fr|centro|exterior|interior|andar|"
            r"piso|puerta\s\w{1,3}|" + _ONE.format("b") + r")\b)?\.?",
            r"\d{1,2}\s?-\s?[a-z]\b|s/n\b",
            r"(?:bajo|entresuelo|[áa]tico|principal)\b(?:\s(?:izq|dcha|izquierda|derecha)\b\.?)?",
            r"r/c\b\.?(?:\s(?:dto|esq|dir|direito|esquerdo|frente)\b\.?)?|r[ée]s-do-ch[ãa]o|cave\b|fundos\b",
            r"\d{1,2}(?:er|e|[èe]me|è)\s(?:[ée]tage|[ée]t)\b|rdc\b",
            r"\d{1,2}\.?\s?(?:og|ug|stock|etage|obergeschoss|stiege)\b(?:\s(?:links|rechts|mitte)\b)?",
            r"(?:eg|dg|erdgeschoss|dachgeschoss|hinterhaus|vorderhaus|hochparterre)\b(?:\s(?:links|rechts|mitte)\b)?",
        )
    )
    + r")\)?"
)
_CODE = (
    r"(?:gir ?0aa|[a-pr-uwyz](?:\d{1,2}|[a-hk-y]\d{1,2}|\d[a-hjkstuw]|[a-hk-y]\d[abehmnprvwxy]) ?\d[abd-hjlnp-uw-z]{2}"  # Britain
    r"|[acdefhknprtvwxy]\d[\dw] ?[0-9acdefhknprtvwxy]{4}"  # Ireland
    r"|[abceghj-nprstvxy]\d[abceghj-nprstv-z] ?\d[abceghj-nprstv-z]\d"  # Canada
    r"|(?<=[a-z]{2} )\d{5}(?:-\d{4})?|(?<=[a-z] )\d{5}-\d{4}"  # United States, after the state
    r"|(?<=nsw )\d{4}|(?<=vic )\d{4}|(?<=qld )\d{4}|(?<=\bsa )\d{4}|(?<=\bwa )\d{4}|(?<=tas )\d{4}|(?<=\bnt )\d{4}|(?<=\bact )\d{4}"  # Australia
    r"|\d{5}-\d{3}|\d{4}-\d{3}|[a-z]\d{4}[a-z]{3}"  # Brazil, Portugal, Argentina
    r"|[1-9]\d{5}|[1-9]\d\d \d{3}"  # India, Colombia
    r"|(?<=[a-z] )(?!19|20)\d{4}(?=[,.;]|\s[a-z]|$)|(?<=, )\d{5}|(?<=cp )\d{5}|(?<=c\.p\. )\d{5}"
    r")(?![\w])(?!-\d)(?! \d{2,})"
)
# From where a street ended to a postcode: a town, a state, with commas between.
_AHEAD = re.compile(
    rf"(?P<between>(?:[\s,;()'’.-]|[^\W\d_]|(?<=\s)\d{{1,2}}(?=[,\s])){{1,60}}?)(?<![^\s,(-])(?P<code>{_CODE})"
)
_POSTCODE = re.compile(
    r"(?:\s?[,;]\s?|\s-\s|\s)(?:cp:?\s?|c\.p\.:?\s?|cep:?\s?|plz\s?|code postal\s)?(?:[a-z]{1,2}-)?(?P<code>\d{4,5}-\d{3}|\d{4,5}|[a-z]\d{4})(?:,\s?|\s)(?=[^\W\d_])"
)
_TOWN = re.compile(
    r"[^\W\d_][\w'’.-]*(?:\s(?:(?:de|del|da|do|das|dos|la|las|los|el|le|les|sur|sous|en|am|an der|im|in der|ob der|v\.\s?d\.|bei|y|e)\s)?(?:d['’])?[A-ZÀ-Þ][\w'’.-]*){0,3}"
    r"(?:\s\d{1,2}(?=[,.\s]|$)(?!\s[a-z]))?(?:\s?\([A-ZÀ-Þ][\w'’ -]{2,20}\)|\s?-\s[A-Z]{2}\b)?"
)
_AREA = re.compile(
    r",\s(?=[^\W\d_]{3}|S[ãt]\.?\s)[A-ZÀ-Þ][\w'’.-]*(?:\s(?:(?:de|del|da|do|das|dos|la|las|los|el|y|e)\s){0,2}[A-ZÀ-Þ][\w'’.-]*){0,3}(?:\s-\s[A-Z]{2}\b)?"
)
_ENDS = re.compile(r"[^\W\d_]{4,}\.\s")
_NEXT_WORD = re.compile(rf"\s(?:(?:de|du|des|de la|de l|d|l)['’]?\s?)?{_WORD}")
_BEFORE = re.compile(r"(?:(?<!\w)[A-ZÄÖÜÀ-Þ][\w'’.-]*\s){1,2}\Z")
_HOUSE = re.compile(
    r"(?:(?<!\w)(?:[A-Z][\w'’]+\s){1,2}(?:House|Cottage|Lodge|Farm|Barn|Court|Hall|Villa|Towers?|Apartments?|Building|Mansions?)|(?<!\w)The\s[A-Z][\w'’]+(?:\s[A-Z][\w'’]+)?),\s\Z"
)
# "Landstraßer Hauptstraße", "Große Bergstraße"
_BY_TOWN = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\w-]{3,}er|Alte|Neue|Große|Grosse|Kleine|Lange|Obere|Untere|Innere|Äußere)\s\Z"
)
_ALONE = re.compile(
    r"(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|steig|chaussee|markt|graben|kai|zeile|promenade|quai|rain|hof)\s"
)
_STREET = re.compile(r"(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring|damm|ufer|steig|chaussee)\s")
ROMANCE_WORDS = (
    "c/", "blvd", "bv.", "call", "cl", "av", "plaza", "pza", "pl", "pase", "pº", "camino", "carrer", "cra", "kr", "ronda", "trav", "rua", "rúa", "r.", "ctra", "privada", "calzada", "jir", "jr.",
    "pasaje", "psje", "urb", "glorieta", "diagonal", "circuito", "cerrada", "rambla", "vía", "via", "passeig", "praça", "praca", "largo", "alameda", "estrada", "beco", "rod",
    "bulevar", "cuesta", "costanera", "polígono", "barrio", "bairro", "praceta", "rotunda", "viela", "loteamento", "impasse", "cours", "square", "passage", "faubourg", "mont", "calçada", "azinhaga", "ladeira", "servid", "quinta", "chauss", "ch.", "chemin", "rue", "place", "quai", "boulevard", "bd", "route", "rte", "all", "clos", "sentier", "al.",
)  # fmt: skip
GERMAN_WORDS = (
    "str", "weg", "platz", "gasse", "allee", "ring", "damm", "ufer", "steig", "chaussee", "markt", "graben", "kai", "zeile", "promenade", "quai", "rain", "hof",
)  # fmt: skip
ENGLISH_WORDS = (
    " st", " road", " rd", " lane", " ln", " av", " dr", " close", " court", " ct", " cres", " terrace", " tce", " pl", " way", " gardens", " gdns", " gr", " boulevard", " blvd", " hill",
    " mews", " row", " sq", " walk", " parade", " pde", " rise", " view", " wharf", " quay", " park", " cir", " cct", " pkwy", " h", " tr", " villas", " estate", " loop", " esplanade",
    " nagar", " marg", " broadway", " fields", " meadow",
)  # fmt: skip
# What starts an address, and parts of words of which it must have one.
_CORES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_CORE_ENGLISH, ENGLISH_WORDS),
    (_CORE_FLAT, ("flat", "apt", "apartment", "unit")),
    (_CORE_COLOMBIAN, ("#", "no", "nº", "n°")),
    (_CORE_GERMAN_AT, ("am ", "an de", "im ", "in de", "zu", "auf de", "unter de", "hinter de", "vor de", "alte", "neue", "gro", "kleine", "obere", "untere", "sankt", "st.")),
    (_CORE_GERMAN, GERMAN_WORDS),
    (_CORE_ANY, (", ",)),
    (_CORE_INDIAN, (", ",)),
    (_CORE_NAMED, ("dep", "dpto", "piso", "int", "apto", "ap.", "bloco", "bte", "app", "º", "ª", "°")),
    (_CORE_ROMANCE, ROMANCE_WORDS),
)  # fmt: skip
_UNNAMED = (_CORE_FLAT, _CORE_INDIAN)  # no street in them: the tail must bring it
# A number beside a word, and a postcode or a word for a flat or floor: without both nothing is an address on an envelope.
_SPACED = re.compile(r"\d[a-z]?,?\s[^\W\d_]|[^\W\d_][.,º°]?\s(?:n[.º°o]{0,2}\s?|#\s?)?\d")
_ENDING = re.compile(
    r"\d{4}|[a-z]\d|\d\.?[ºª°]|\d\s?[a-z]\b|flat|ap[.ot]|app|unit|suite|ste|room|floor|fl\.|level|#|piso|planta|puerta|esc|portal|bloque|dep|dpto|int|ext|torre|oficina|of\.|local|"
    r"manzana|sala|bloco|loja|fra[cç]|quadra|conj|porta|b[aâ]t|bo[iî]te|bte|tage|whg|wohn|top|t[üu]r|stiege|shop|haus|stock|geschoss|\bog\b|casa|lote|qd|bajo|tico|r/c|cave|fundos|rdc|rez"
)
# Houses for everybody, and the words that make an address somebody's home all the same.
_INSTITUTION = re.compile(
    r"(?:\b(?:cent(?:er|re|ro)|church|school|hall|shelter|hospital|librar(?:y|ies)|store|supermarket|offices?|station|museum|clinic|surgery|pharmacy|theatre|cinema|arena|stadium|hotel|university|"
    r"college|club|bank|laundromat|restaurant|caf[ée]|colegio|instituto|escuela|iglesia|parroquia|ayuntamiento|biblioteca|polideportivo|juzgado|comisar[íi]a|municipalidad|oficina|teatro|mercado|farmacia|"
    r"mairie|[ée]cole|coll[èe]ge|lyc[ée]e|cr[èe]che|[ée]glise|gymnase|h[ôo]pital|la poste|pharmacie|tribunal|th[ée][âa]tre|"
    r"m[ée]diath[èe]que|biblioth[èe]que|pr[ée]fecture|commissariat|\w*zentrum|\w*rathaus|\w*schule|\w*kirche|\w*amt|\w*b[üu]ro|\w*halle|\w*museum|\w*b[üu]cherei|\w*apotheke|\w*polizei|\w*wache|kita|theater|"
    r"museu|museo|bibliothek|klinik|prefeitura|c[âa]mara(?: municipal)?|escola|igreja|junta|cart[óo]rio|f[óo]rum|delegacia|conservat[óo]ria|posto de sa[úu]de|farm[áa]cia)\b)[^.!?\n]{0,24}\Z"
)
_HOME = re.compile(
    r"\b(?:i|we|my|our|her|his|live[sd]?|home|house|mi|mis|vivo|vive|vivimos|vecin\w*|casa|domicil\w*|direcci[óo]n|depto|j'?habite|habit\w*|chez|mon|ma|notre|adresse|logement|"
    r"wohn\w*|mein\w*|unser\w*|bei mir|bei uns|anschrift|moro|mora|moramos|minha|meu|morada|endere[çc]o)\b"
)
_MOST_WORDS = 7  # of a French street's name


def envelopes(text: str) -> Iterator[Span]:
    """Every address of `text` with a flat or a postcode, from its first to its last word."""
    low = text.lower()
    if len(low) != len(text):
        low = text
    if not _SPACED.search(low) or not _ENDING.search(low):
        return
    for form, needed in _CORES:
        if not has(low, needed):
            continue
        at = 0
        while found := form.search(low, at):
            start, end = _start(text, low, found, form), found.end()
            at = end
            if form is _CORE_GERMAN_AT and not _is_name(text[start:end]):
                at = found.start() + 2
                continue
            german = form in {_CORE_GERMAN, _CORE_GERMAN_AT, _CORE_ANY}
            unit = form not in _UNNAMED and "unit" in form.groupindex and found["unit"] is not None
            tail = _tail(text, low, end, complete=unit, town=not german)
            if tail and not (form in _UNNAMED and tail == end) and not public_house(text, start):
                at = tail
                yield Span(start, tail, "address")
    yield from _french(text, low)


def _start(text: str, low: str, found: re.Match[str], form: re.Pattern[str]) -> int:
    """Where the street begins: a German type of street that stands alone has its name before it."""
    if form is _CORE_NAMED:
        name = _BEFORE.search(text, max(0, found.start() - 40), found.start())
        return name.start() if name and text[found.start()].isupper() else found.start()
    if form in {_CORE_ENGLISH, _CORE_FLAT}:
        house = _HOUSE.search(text, max(0, found.start() - 48), found.start())
        return house.start() if house else found.start()
    if form is _CORE_GERMAN and (name := _BY_TOWN.search(text, max(0, found.start() - 30), found.start())):
        return name.start()
    if form is _CORE_GERMAN and _ALONE.match(low, found.start()):
        name = _BEFORE.search(text, max(0, found.start() - 40), found.start())
        return name.start() if name else found.start()
    return found.start()


def public_house(text: str, start: int) -> bool:
    """True when the words before an address name a house that is open to everybody, and nobody's home."""
    before = text[max(0, start - 48) : start].lower()
    return bool(_INSTITUTION.search(before)) and not _HOME.search(before)


def _is_name(said: str) -> bool:
    """True when the words of "Am Alten Markt 3" are a name: capitals, or small letters alone, and no type of street."""
    words = [word for word in said.split()[1:] if word[0].isalpha() and len(word) > 2]
    words = words[1:] if words and words[0] in {"der", "den", "dem"} else words
    return (
        bool(words)
        and (said.islower() or all(word[0].isupper() for word in words))
        and not _STREET.search(said.lower())
    )


def _french(text: str, low: str) -> Iterator[Span]:
    """Addresses whose number stands before the type of street: how far the name goes only the words after it tell."""
    for found in _CORE_FRENCH.finditer(low):
        at = found.end()
        for _ in range(_MOST_WORDS):
            word = _NEXT_WORD.match(low, at)
            if not word:
                break
            at = word.end()
            tail = _tail(text, low, at, complete=False, town=True)
            if tail:
                if not public_house(text, found.start()):
                    yield Span(found.start(), tail, "address")
                break


def _tail(text: str, low: str, at: int, *, complete: bool, town: bool) -> int:
    """Where an address ends whose street and number end at `at`; 0 when neither flat nor postcode follow."""
    for _ in range(6):
        unit = _UNIT.match(low, at)
        # A single letter for a door is a capital; a small one begins the next word of the sentence.
        if unit and all(text[unit.start(one)].isupper() for one in ("a", "b") if unit[one]):
            at, complete = unit.end(), True
            continue
        place = _with_postcode(text, low, at)
        if place:
            return place
        break
    if not complete:
        return 0
    for _ in range(2 if town else 0):
        area = _AREA.match(text, at)
        if not area:
            break
        at = _town_end(text, at, area.end())
    return _bare_end(text, at)


def _with_postcode(text: str, low: str, at: int) -> int:
    """Where postcode and town end that follow at `at`, perhaps after the name of a quarter; 0 when none do."""
    code = _POSTCODE.match(low, at)
    if code and not _counted(text, low, code):
        # After a comma and in small letters the sentence goes on.
        goes_on = text[code.end("code")] == "," and text[code.end()].islower()
        town = None if goes_on else _TOWN.match(text, code.end())
        return _bare_end(text, _town_end(text, code.end(), town.end()) if town else code.end("code"))
    ahead = _AHEAD.match(low, at)
    if not ahead:
        return 0
    between = text[at : ahead.start("code")]
    words = re.findall(r"[^\W\d_]+", between)
    small = sum(word.islower() and len(word) > 2 for word in words)
    if len(words) > 8 or (small > 2 and len(words) > 4) or _ENDS.search(between):
        return 0
    if counts_something(text, ahead.start("code"), ahead.end()):
        return 0
    end = ahead.end()
    if text[ahead.start("code") : end].isdigit() and end - ahead.start("code") == 5:
        town = re.match(r",?\s[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*)?", text[end : end + 40])
        end = _bare_end(text, _town_end(text, end, end + town.end())) if town else end
    return end


def _town_end(text: str, start: int, end: int) -> int:
    """Where a town's name ends between these: a sentence that begins after it belongs to no town."""
    stop = _ENDS.search(text, start, end)
    return stop.end() - 2 if stop else end


def _counted(text: str, low: str, code: re.Match[str]) -> bool:
    """True when what looks like a postcode is a number of things or a year."""
    start, end = code.span("code")
    number = low[start:end]
    if counts_something(text, start, end) or re.match(
        r"[,\s]\s?(?:uhr|h|horas?|heures?)\b", low[end : end + 9]
    ):
        return True
    return len(number) == 4 and number[:2] in {"19", "20"} and not text[code.end() : code.end() + 1].isupper()


def _bare_end(text: str, at: int) -> int:
    """`at` without the full stop or space before it."""
    while at and text[at - 1] in " ,;.":
        at -= 1
    return at
