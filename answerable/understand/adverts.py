"""Decides whether a text sells something, in English, Chinese and Spanish: two different marks of selling.

One mark is no proof: complaints speak of prices, shops and messages as well.
"""

from __future__ import annotations

import re

_MARKS = (
    # money off
    r"\b\d{1,2}\s?%\s?(?:off|de descuento|dto)\b|\b(?:discount|coupon|promo code|voucher)s?\b"
    r"|\b(?:descuentos?|cup[oó]n|oferta|rebajas?|promoci[oó]n)\b|优惠|打折|特价|折扣|促销|返现",
    # an order to buy
    r"\b(?:buy|order|shop|book|sign up|subscribe) (?:now|today|here)\b|\bclick (?:here|the link)\b"
    r"|\blink in bio\b|\b(?:compra|pide|reserva|aprovecha|suscr[ií]bete)\w* (?:ya|ahora|hoy|aqu[ií])\b"
    r"|立即(?:购买|下单|抢购)|点击链接|下单",
    # for nothing
    r"\bfree (?:shipping|trial|delivery|gift)\b|\bgratis\b|包邮|免费(?:领取|试用)|赠送",
    # a private line to the seller
    r"\b(?:dm|inbox|whats ?app|telegram) (?:me|us|for|al?|\+?\d)"
    r"|\b(?:escr[ií]be|m[aá]ndame|ll[aá]ma)\w* (?:al|por|un)\b|加微信|微信号|私信|加V|扫码",
    # easy money
    r"\b(?:earn|make|win|gana) (?:up to |hasta )?[$€£¥]?\s?\d|\bwork from home\b|\btrabaja desde casa\b"
    r"|日结|兼职|月入|高薪",
    # a price
    r"[$€£¥￥]\s?\d+|\b\d+(?:[.,]\d\d)?\s?(?:€|usd|eur|euros|dollars)|\d+元",
)
_SELLING = tuple(re.compile(mark, re.IGNORECASE) for mark in _MARKS)
_ENOUGH = 2


def sells(text: str) -> bool:
    """True when a text sells something."""
    return sum(mark.search(text) is not None for mark in _SELLING) >= _ENOUGH
