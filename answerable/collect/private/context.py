"""The words that say what a number is, in the languages of the desk: they make a plain number a private one.

And the words after a number that say it only counts something.
"""

from __future__ import annotations

import re

_REACH = 28  # characters before a number in which such a word ends
_LONGEST = 24  # characters of such a word
_PHONE = (
    r"tel(?:[ée]fon\w*|[ée]phon\w*)?\b\.?|phone|mobile|cell(?:phone)?\b|\bcall(?:ing)?\b|\bring\b|\btext(?:ing)?\b|\bwhats?app\b|"
    r"\bsignal\b|\bsms\b|\bfax\b|\bm[óo]vil|\bcelular|\bll[aá]m\w*|\bcontact\w*|\bportable\b|\bjoindre\b|\bappele[rz]\b|\bappel\b|"
    r"\bhandy\w*|rufnummer|durchwahl|\banruf\w*|\berreich\w*|\bmobil\b|\btelem[óo]vel|\blig(?:ue|ar|uem)\b|\bzap\b|"
    r"\breach\b|\blandline|\bfijo\b|\bfixo\b|\bfixe\b|\bfestnetz\w*|\bnumber is\b|\bdial\b|my number\b|mi n[úu]mero|meu n[úu]mero|mon num[ée]ro|meine nummer|"
    r"电话|電話|座机|座機|固话|手机|手機|联系|聯絡|聯繫|致电|致電|微信|拨打|撥打|号码是|热线|短信|来电"
)
_ACCOUNT = (
    r"\baccount\b|\bacct\b|\ba/c\b|\bacc\.? no|sort code|\brouting\b|\biban\b|\bbic\b|\bcuenta(?! con\b| de que\b)|\bc\.?c\.?c\b|\bclabe\b|\bcbu\b|"
    # What a town counts is no account.
    r"(?<!\bon )(?<!\bil )(?<!\belle )(?<!\bqui )(?<!\bville )(?<!commune )\bcompte(?! tenu\b| sur\b)|\brib\b|\bkonto\w*|\bkto\b|\bblz\b|bankverbindung|\bconta\b(?! com\b)|\bag[êe]ncia\b|\bnib\b|\bpix\b|"
    r"账号|帳號|帐号|账户|帳戶|户口|开户|銀行戶口|户名"
)
_CARD = (
    r"\b(?:credit|debit|bank|visa|mastercard|amex) ?(?:card)?\b|\bcard (?:number|no|ending)|\bmy card\b|tarjeta|"
    r"carte (?:bancaire|bleue|de cr[ée]dit|visa)|kreditkarte\w*|\bec-?karte\w*|kartennummer|girocard|"
    r"cart[ãa]o (?:de |multibanco|visa|banc)|银行卡|信用卡|储蓄卡|卡号|卡號|銀行卡"
)
_ID = (
    r"passports?\b|passeport|pasaporte|reisepass\w*|passaporte|\bpassnummer|护照|護照|"
    r"\b(?:national )?id(?:entity)?(?: card| number| no)\b|\bid[ .:#-]{1,3}$|identity card|national insurance|\bni(?:no)? (?:number|no)\b|"
    r"\bnhs\b|social security|\bssn\b|\bsin\b(?: number)?|social insurance|\bpps\b|driv(?:ing|er'?s?) licen[cs]e|\blicen[cs]e (?:number|no)|tax (?:id|number|reference)|\butr\b|"
    r"\bdni\b|\bnie\b|\bnif\b|\bn\.?i\.?f\b|c[ée]dula|\bcurp\b|\brfc\b|\brut\b|\brun\b|\bcuil\b|\bcuit\b|seguridad social|\bnss\b|documento de identidad|"
    r"carn[eé]t? de (?:conducir|identidad)|licencia de conducir|permiso de conducir|tarjeta sanitaria|"
    r"carte (?:nationale )?d['’]identit[ée]|\bcni\b|\bnir\b|s[ée]curit[ée] sociale|num[ée]ro s[ée]cu\b|permis de conduire|carte vitale|num[ée]ro fiscal|registre national|"
    r"personalausweis\w*|ausweis\w*|steuer-?\w*|sozialversicherung\w*|rentenversicherung\w*|versichertennummer|versicherungsnummer|krankenversicherung\w*|f[üu]hrerschein\w*|\bahv\b|"
    r"cart[ãa]o (?:de )?cidad[ãa]o|bilhete de identidade|contribuinte|\bcpf\b|\brg\b|\bcnh\b|carta de condu[çc][ãa]o|\bniss\b|\butente\b|\bpis\b|"
    r"身份证|身份證|证件号|證件號|社保号|社保卡|驾驶证|駕駛證|驾照|学号|工号"
)
_PLATE = (
    r"number ?plate|licen[cs]e plate|\bplates?\b|\breg(?:istration)?\b|\bvan\b|\bcar\b|\bvehicle\b|matr[íi]cula|patente|\bplacas?\b|\bcoche\b|"
    r"\bauto\b|furgoneta|immatricul\w*|\bplaque\b|voiture|camionnette|kennzeichen|nummernschild|\bwagen\b|\bpkw\b|\blieferwagen|"
    r"\bcarro\b|carrinha|\bve[íi]culo|车牌|車牌|牌照|号牌|轿车|面包车|货车"
)
_COUNTS = re.compile(
    r"\s?(?:[%‰€$£¥]|eur\b|euros?\b|usd\b|gbp\b|dollars?\b|pounds?\b|pesos\b|reais\b|francs?\b|people|persons?\b|residents|inhabitants|habitants?|"
    r"habitantes?|personas|pessoas|personnes|menschen|einwohner\w*|votes?\b|votos|voix|stimmen|kwh\b|mwh\b|km\b|kg\b|m[²³23]|lit(?:er|re|ro)s?\b|"
    r"tonnes?\b|tons?\b|toneladas|units\b|items\b|views\b|visitas|followers|steps\b|bytes?\b|元|万|亿|人|户|票|次|吨|公里|平方|"
    r"milli\w*|millon\w*|milh\w*|views)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[€$£¥]\s?$|\b(?:eur|usd|gbp|r\$|chf)\s?$", re.IGNORECASE)
_ABOUT = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in (
        ("phone", _PHONE),
        ("account", _ACCOUNT),
        ("card", _CARD),
        ("id", _ID),
        ("plate", _PLATE),
    )
}
# A reference of an office is no private number: nothing is won by hiding it, and people need it.
_REFERENCE = re.compile(
    r"(?:\b(?:ref(?:erence)?|case|ticket|order|invoice|tracking|report|incident|complaint|docket|expediente|pedido|factura|incidencia|"
    r"dossier|commande|facture|r[ée]f|aktenzeichen|az|bestell\w*|rechnung\w*|vorgang\w*|processo|encomenda|fatura|protocolo|(?:planning )?application|permis|d[ée]lib[ée]ration|arr[êe]t[ée]|licitaci[óo]n|edital|alvar[áa]|bauantrag|baugenehmigung|isbn|issn|doi)\b\.?"
    r"|订单|工单|编号|案号|单号|文号|受理号|许可证)(?:\s[A-Z]{2,3}(?=\s))?[\s:#.№ºn°o-]{0,6}(?:number|no\.?|n[úu]mero)?[\s:#]*$",
    re.IGNORECASE,
)


def said_before(kind: str, text: str, start: int) -> int:
    """How far before `start` a word of this kind ends, in characters; -1 when none is near."""
    before = text[max(0, start - _REACH - _LONGEST) : start]
    # A sentence that ended says nothing of the number after it.
    cut = max(before.rfind(mark) for mark in ("\n", "。", "！", "？", ". ", "! ", "? "))
    before = before[cut + 1 :]
    last = None
    for found in _ABOUT[kind].finditer(before):
        last = found
    gap = _REACH + 1 if last is None else len(before) - last.end()
    return gap if gap <= _REACH else -1


def counts_something(text: str, start: int, end: int) -> bool:
    """True when the number at text[start:end] is an amount or a quantity."""
    return bool(_COUNTS.match(text, end) or _MONEY.search(text[max(0, start - 5) : start]))


def is_reference(text: str, start: int) -> bool:
    """True when the words before `start` call the number a reference of an office."""
    return bool(_REFERENCE.search(text[max(0, start - 24) : start]))
