"""The forms of identity numbers and accounts, country by country, each with the check of what is left without separators.

Small letters count as capitals. What has no check digit stands here only where hardly anything else looks like it.
"""

from __future__ import annotations

from answerable.collect.private import checksums as checks
from answerable.collect.private.checksums import Check
from answerable.collect.private.span import Kind

_S = r"[ .\-–]?"


def _always(number: str) -> bool:
    return bool(number)


def _birthday(number: str) -> bool:
    """CURP, RFC: six digits of a birthday after four letters."""
    return "01" <= number[6:8] <= "12" and "01" <= number[8:10] <= "31"


# (kind, how many digits it has at least, form, check)
FORMS: tuple[tuple[Kind, int, str, Check], ...] = (
    # Spain's CCC, Mexico's CLABE, Argentina's CBU, France's RIB, Portugal's NIB
    ("account", 20, r"\d{4}[ /-]\d{4}[ /-]\d{2}[ /-]\d{10}", _always),
    ("account", 18, r"\d{3}[ -]?\d{3}[ -]?\d{11}[ -]?\d", checks.mexican_clabe),
    ("account", 22, r"\d{7}[ -]?\d[ -]?\d{13}[ -]?\d", checks.argentine_account),
    ("account", 12, r"\d{5}([ -])\d{5}\1[A-Z0-9]{11}\1\d{2}", _always),
    ("account", 12, r"\d{10}[A-Z0-9]{11}\d{2}", checks.french_account),
    ("account", 21, r"\d{4}[ .]?\d{4}[ .]?\d{11}[ .]?\d{2}", checks.portuguese_account),
    # Britain's sort code and account, New Zealand's account
    ("account", 14, r"\d{2}-\d{2}-\d{2}[ ,/]{1,3}\d{8}", _always),
    ("account", 15, r"\d{2}-\d{4}-\d{7}-\d{2,3}", _always),
    # China, Hong Kong, Macau, Taiwan
    ("id", 17, r"[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dX]", checks.chinese_id),
    ("id", 6, r"[A-Z]{1,2}\d{6} ?[(（][0-9A][)）]", checks.hong_kong_id),
    ("id", 8, r"[1578]\d{6}[(（]\d[)）]", _always),
    ("id", 8, r"[A-Z][1289A-D]\d{8}", checks.taiwan_id),
    # Spain
    ("id", 7, r"\d{8}[ -]?[A-Z]|\d{1,2}[. ]\d{3}[. ]\d{3}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]", checks.spanish_id),
    ("id", 11, r"\d{2}([ /-])\d{7,8}\1\d{2}", checks.spanish_insurance),
    # Mexico: CURP, RFC, elector's key
    ("id", 7, r"[A-Z]{4}[ -]?\d{6}[ -]?[HMX][A-Z]{5}[ -]?[A-Z0-9]\d", _birthday),
    ("id", 6, r"[A-ZÑ&]{4}(?:\d{6}-?|[ -]\d{6}[ -]?(?=\d{0,2}[A-Z]))[A-Z0-9]{3}", _birthday),
    ("id", 11, r"[A-Z]{6}\d{8}[HM]\d{3}", _always),
    # Chile (from 50 millions on they are firms'), Peru, Argentina
    ("id", 7, r"[1-4]?\d\.\d{3}\.\d{3}[-–][\dK]|[1-4]?\d{7}[-–][\dK]", checks.chilean_person),
    ("id", 11, r"10\d{9}", checks.peruvian_person),
    ("id", 11, r"(?:2[034567])[ -]?\d{8}[ -]?\d", checks.argentine_person),
    # Britain, Ireland
    ("id", 6, r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d{2}){3}[ -]?[A-D]", _always),
    ("id", 7, r"[A-Z]{2,5}9{0,3} ?\d{6} ?[A-Z]{1,2}9?\d ?[A-Z]{2}", checks.british_driver),
    ("id", 10, r"(?!(?:[68]00|8[3-8]{2})[ -])\d{3}[ -]\d{3}[ -]\d{4}", checks.british_health),
    ("id", 7, r"\d{7}[A-W][A-IW]?", checks.irish_person),
    # United States, Canada, Australia, India
    ("id", 9, r"\d{3}-\d{2}-\d{4}", checks.american_person),
    ("id", 11, r"[A-Z]\d{4}-\d{5}-\d{5}|[A-Z]\d{3}-\d{4}-\d{4}|[A-Z]\d{3}-\d{3}-\d{2}-\d{3}-\d", _always),
    ("id", 5, r"[1-9][A-Z][A-Z0-9]\d-[A-Z][A-Z0-9]\d-[A-Z]{2}\d{2}", _always),
    ("id", 8, r"[A-Z]{4} \d{4} \d{4}|[A-Z]{4}\d{8}", checks.quebec_health),
    ("id", 10, r"[2-6]\d{3} \d{5} \d(?: ?[/-] ?\d)?", checks.australian_health),
    ("id", 12, r"(?!20\d\d-[01]\d[0-3]\d-)[2-9]\d{3}[ -]\d{4}[ -]\d{4}", checks.indian_person),
    ("id", 4, r"[A-Z]{3}P[A-Z]\d{4}[A-Z]", _always),
    # France, Belgium, Switzerland
    ("id", 14, rf"[1278]{_S}\d{{2}}{_S}\d{{2}}{_S}(?:\d{{2}}|2[AB]){_S}\d{{3}}{_S}\d{{3}}{_S}[/]?{_S}\d{{2}}", checks.french_insurance),
    ("id", 11, r"\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}", _always),
    ("id", 11, r"\d{6}[ -]?\d{3}[ .-]?\d{2}|\d{2} \d{2} \d{2} \d{3} \d{2}", checks.belgian_person),
    ("id", 13, r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", checks.swiss_insurance),
    # Germany, Austria
    ("id", 11, r"\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}", checks.german_tax),
    ("id", 11, r"\d{2} ?[0-9]\d[01]\d{3} ?[A-Z] ?\d{3}", checks.german_insurance),
    ("id", 10, r"\d{4}[ -]\d{6}", checks.austrian_insurance),
    # Brazil, Portugal
    ("id", 11, r"\d{3}\.\d{3}\.\d{3}[-./ ]\d{2}|\d{3} \d{3} \d{3}[- /]\d{2}|\d{9}[-/]\d{2}|\d{11}", checks.brazilian_person),
    ("id", 11, r"\d{3}\.\d{5}\.\d{2}-\d", _always),
    ("id", 15, r"[12789]\d\d \d{4} \d{4} \d{4}|[789]\d{14}", checks.brazilian_health),
    ("id", 10, r"\d{8}[ -]?\d[ -]?[A-Z]{2}\d", _always),
)  # fmt: skip

# Countries of international bank account numbers and how long theirs are (ISO 13616).
IBANS = {
    country: int(length)
    for country, length in (
        one.split(":")
        for one in [
            "AD:24",
            "AE:23",
            "AL:28",
            "AT:20",
            "AZ:28",
            "BA:20",
            "BE:16",
            "BG:22",
            "BH:22",
            "BR:29",
            "BY:28",
            "CH:21",
            "CR:22",
            "CY:28",
            "CZ:24",
            "DE:22",
            "DK:18",
            "DO:28",
            "EE:20",
            "EG:29",
            "ES:24",
            "FI:18",
            "FO:18",
            "FR:27",
            "GB:22",
            "GE:22",
            "GI:23",
            "GL:18",
            "GR:27",
            "GT:28",
            "HR:21",
            "HU:28",
            "IE:22",
            "IL:23",
            "IQ:23",
            "IS:26",
            "IT:27",
            "JO:30",
            "KW:30",
            "KZ:20",
            "LB:28",
            "LI:21",
            "LT:20",
            "LU:20",
            "LV:21",
            "LY:25",
            "MC:27",
            "MD:24",
            "ME:22",
            "MK:19",
            "MR:27",
            "MT:31",
            "MU:30",
            "NL:18",
            "NO:15",
            "PK:24",
            "PL:28",
            "PS:29",
            "PT:25",
            "QA:29",
            "RO:24",
            "RS:22",
            "SA:24",
            "SC:31",
            "SE:24",
            "SI:19",
            "SK:24",
            "SM:27",
            "SV:28",
            "TN:24",
            "TR:26",
            "UA:29",
            "VA:22",
            "VG:24",
            "XK:20",
        ]
    )
}
