"""Which column means what: by its usual name for certain, by what stands in it as a proposal to a person."""

from __future__ import annotations

import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from answerable.collect.files.times import read_time

FIELDS = ("id", "time", "text", "title", "original", "link", "author", "place", "language", "likes")


def _listed(**names: str) -> Named[str, tuple[str, ...]]:
    return MappingProxyType({field: tuple(written.split(", ")) for field, written in names.items()})


# The first name of a field that a file has is taken; a mapping given by a person replaces them.
USUAL = _listed(
    id="id, external_id, guid, mid, 微博id, 编号, 留言编号",
    time="time, published, date, created_at, timestamp, 发布时间, 时间, 日期, 留言时间, 采集时间, "
    "fecha, fecha y hora",
    text="text, content, body, message, full_text, 微博正文, 微博内容, 正文, 内容, 留言详情, "
    "话题, 热搜词, 热搜, 词条, 关键词, texto, mensaje, contenido",
    title="title, subject, 标题, 主题, 留言主题, título, titulo, asunto",
    original="original, retweet_text, retweeted_text, 原微博, 原文, 原微博内容, 转发内容",
    link="link, url, permalink, 链接, 微博链接, 网址, 原文链接, enlace",
    author="author, user, username, screen_name, user_name, 用户昵称, 昵称, 用户名, 博主, 作者, "
    "发布者, 留言用户, autor, usuario",
    place="place, location, ip属地, 发布位置, 属地, 地区, 地点, lugar, ubicación",
    language="language, lang, 语言, idioma",
    likes="likes, like, likes_count, favourites_count, attitudes_count, 赞, 赞数, 点赞, 点赞数, me gusta",
)
# Parts of a name that make a column worth proposing; what a part of `_NOT` stands in is not proposed.
_HINTS = _listed(
    time="时间, 日期, date, time, fecha, datum",
    text="正文, 内容, 诉求, 描述, text, content, comment, message, mensaje, texto",
    title="标题, 主题, title, subject, asunto",
    link="链接, 网址, url, link, enlace",
    author="昵称, 用户, 作者, author, user, autor",
    place="属地, 地区, 位置, 区域, place, location, city, lugar, ciudad",
    likes="赞, like, favourite, favorite",
    language="语言, lang, idioma",
)
_NOT = re.compile(
    r"转发|评论|图片|视频|头像|手机|电话|数量|工具|retweet|repl|image|video|phone|mail|count\b.*id",
    re.IGNORECASE,
)
_MOST = 0.8  # share of filled cells that must look like it
_SENTENCE = 8  # characters on average, from which a column says something
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def by_name(columns: Sequence[str]) -> dict[str, str]:
    """The column of each field by its usual name in any case; "" where there is none."""
    folded = {column.strip().casefold(): column for column in reversed(columns)}
    return {
        field: next((folded[name] for name in usual if name in folded), "") for field, usual in USUAL.items()
    }


def proposed(columns: Sequence[str], rows: Sequence[Named[str, Any]]) -> dict[str, str]:
    """What a person is asked to confirm: usual names first, then parts of names, then what stands in them."""
    found = by_name(columns)
    for field, parts in _HINTS.items():
        free = [column for column in columns if column not in found.values() and not _NOT.search(column)]
        if not found[field]:
            likely = (column for part in parts for column in free if part in column.casefold())
            found[field] = next((column for column in likely if _fits(field, column, rows)), "")
    for field in ("time", "link", "text"):
        free = [column for column in columns if column not in found.values() and not _NOT.search(column)]
        if not found[field] and not (field == "text" and found["title"]):
            fitting = [column for column in free if _fits(field, column, rows)]
            found[field] = max(fitting, key=lambda column: _length(column, rows), default="")
    return found


def _fits(field: str, column: str, rows: Sequence[Named[str, Any]]) -> bool:
    cells = [row[column] for row in rows if row.get(column) not in (None, "")]
    if not cells:
        return False
    if field == "time":
        return sum(read_time(cell) is not None for cell in cells) >= _MOST * len(cells)
    if field == "link":
        return sum(bool(_LINK.match(str(cell).strip())) for cell in cells) >= _MOST * len(cells)
    words = [cell for cell in cells if isinstance(cell, str)]
    if field == "text":
        return len(words) >= _MOST * len(cells) and _length(column, rows) >= _SENTENCE
    if field == "likes":
        return all(str(cell).strip()[:1].isdigit() for cell in cells)
    return len(words) >= _MOST * len(cells)


def _length(column: str, rows: Sequence[Named[str, Any]]) -> float:
    sizes = [len(row[column]) for row in rows if isinstance(row.get(column), str)]
    return sum(sizes) / max(1, len(sizes))
