"""Bytes of a mail as text, whatever their label says: labels lie, and old Chinese and Japanese mail abounds.

Only codecs of texts are ever used; a label that names something else counts as no label.
"""

from __future__ import annotations

# Each label by the widest codec that reads all of it: GB2312 is sent by programs that mean GB18030.
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii", "utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "windows-936": "gb18030", "hz-gb-2312": "hz", "big5": "cp950", "big5-hkscs": "big5hkscs",
    "cp950": "cp950", "x-big5": "cp950", "iso-2022-jp": "iso2022_jp_2", "iso-2022-jp-2": "iso2022_jp_2",
    "iso-2022-jp-3": "iso2022_jp_3", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jis_2004", "euc-kr": "cp949", "cp949": "cp949",
    "ks_c_5601-1987": "cp949", "iso-2022-kr": "iso2022_kr", "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252",
    "tis-620": "cp874", "windows-874": "cp874", "macintosh": "mac_roman", "cp850": "cp850",
} | {f"iso-8859-{n}": f"iso8859_{n}" for n in (*range(2, 12), *range(13, 17))} | {
    f"{name}{n}": f"cp{n}" for n in range(1250, 1259) for name in ("windows-", "cp")
}  # fmt: skip
# What is written most in each of the two; who reads the other's bytes meets none of them.
_COMMON = {
    "gb18030": frozenset("的一是不了在有我他这为你们来个中上大国和到说时要就会可也对以水电路请问没停"),
    "cp950": frozenset("的一是不了在有我他這為你們來個中上大國和到說時要就會可也對以水電路請問沒停"),
}

_HIGH = bytes(range(0x80, 0x100))
_SURE = 12
_SINGLE = ("cp125", "iso8859", "koi8", "cp874", "cp850", "mac_roman")


def decoded(raw: bytes, label: str = "") -> str:
    """The text of `raw`; what no codec reads becomes a replacement sign. Never raises."""
    codec = _CODECS.get(label.strip().strip("\"'").lower().replace("_", "-"), "") or _CODECS.get(
        label.strip().lower(), ""
    )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    # So many bytes are valid UTF-8 by chance in no other encoding, whatever the label says.
    if len(raw) - len(raw.translate(None, _HIGH)) >= _SURE and (text := _strict(raw, "utf-8")) is not None:
        return text.removeprefix("\ufeff")
    escapes = b"\x1b" in raw and codec in ("", "ascii", "utf-8")
    single = codec.startswith(_SINGLE)  # reads any bytes, so it is asked last
    for candidate in (
        "iso2022_jp_2" if escapes else "", "" if single else codec, "utf-8", codec if single else ""
    ):  # fmt: skip
        if candidate and (text := _strict(raw, candidate)) is not None:
            return text.removeprefix("\ufeff")
    if codec and codec != "ascii" and _nearly(raw, codec):
        return raw.decode(codec, "replace")
    return _guessed(raw)


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _nearly(raw: bytes, codec: str) -> bool:
    """Whether the label is right but a few bytes are broken, for example a text that was cut."""
    text = raw.decode(codec, "replace")
    return text.count("\ufffd") * 20 <= len(text) + 20


def _guessed(raw: bytes) -> str:
    found = {codec: text for codec in _COMMON if (text := _strict(raw, codec)) is not None}
    told = {codec: sum(char in _COMMON[codec] for char in text[:20_000]) for codec, text in found.items()}
    best = max(told, key=lambda codec: told[codec], default="")
    if best and told[best] * 25 >= len(found[best][:20_000]):
        return found[best]
    if _nearly(raw, "utf-8"):
        return raw.decode("utf-8", "replace")
    return raw.decode("cp1252", "replace")
