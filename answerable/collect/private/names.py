"""Addresses by which somebody can be written to: mail addresses, @names, decentralised identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from answerable.collect.private.span import Span, has

# A name after @ is a run of letters, with dots and a server where it has them. In scripts without spaces it
# may run into the next word; after 30 characters (as on Weibo) only other scripts go on. Better too much.
_SPACED = r"(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])\w)"
_NAME = rf"\w{{1,30}}{_SPACED}*"
_MENTION = re.compile(
    rf"(?P<before>[A-Za-zÀ-ɏ0-9_.+-]?)[@＠](?P<name>{_NAME}(?:[.-]+{_NAME})*(?:@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,24}}|@[\w.-]*\w)?)"
)
_DID = re.compile(r"\bdid:[a-z]+:[\w.:%-]*\w")
# The local part is bounded (RFC 5321, 4.5.3.1) and starts at its own first character: linear on any text.
_LOCAL = r"(?<![A-Za-z0-9._%+'@＠-])[A-Za-z0-9](?:[A-Za-z0-9_%+'-]|\.(?=[A-Za-z0-9_%+'-])){0,63}"
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"(?:(?![{_EAST}])[\w%+'-])"
_WIDE = rf"(?<![A-Za-zÀ-ɏ0-9_.%+'@＠-])(?![{_EAST}])[^\W_](?:{_LETTER}|\.(?={_LETTER})){{0,63}}"
_DOMAIN = r"(?:[0-9A-Za-zÀ-\u02ff\u0370-\u052f](?:[0-9A-Za-zÀ-\u02ff\u0370-\u052f-]{0,62})?\.){1,6}[A-Za-zÀ-\u02ff\u0370-\u052f]{2,24}"
_ASCII_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}"
_PROVIDER = (
    r"(?:(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|foxmail|aliyun|yeah|gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|proton|"
    r"protonmail|pm|gmx|web|t-online|freenet|posteo|mailbox|tuta|aol|laposte|orange|wanadoo|free|sfr|neuf|terra|uol|bol|ig|globo|sapo|netcabo|clix|"
    r"bluewin|hispeed|sunrise|aon|chello|skynet|telenet|proximus|btinternet|sky|virginmedia|talktalk|eircom|comcast|verizon|att|bigpond|optusnet|xtra|"
    r"rogers|shaw|videotron|sympatico|rediffmail|mail|fastmail|zoho|pchome|hinet|netvigator)"
    r"\.(?:com|cn|net|org|me|de|fr|es|br|pt|co|uk|ch|at|be|ie|ca|au|nz|in|hk|tw|eu)(?:\.[a-z]{2})?)\b"
)
_AT = r"(?:at|arroba|arobase|chez|bei|ät|aet|klammeraffe)"
_DOT = r"(?:dot|punto|point|punkt|ponto)"
_END = r"(?:com|org|net|info|edu|gov|io|me|co|uk|ie|us|au|nz|in|ca|es|mx|ar|cl|pe|fr|be|lu|ch|de|at|pt|br|it|eu|cn|hk|tw|mo)"
_OPEN, _CLOSE = r"[\[({<（【〔]\s?", r"\s?[\])}>）】〕]"
_AT_SIGNS = ("@", "＠")
_BRACKETS = ("(", "[", "{", "<", "（", "【", "〔", "_at_", "-at-", "*at*")
_SAID = (
    " at ",
    " AT ",
    " arroba ",
    " ARROBA ",
    " arobase ",
    " chez ",
    " bei ",
    " ät ",
    " aet ",
    " klammeraffe ",
    "艾特",
    "小老鼠",
    "圈a",
)
# Each form after what must stand in a text for a look at it to be worth while: parts, and what they are a part of.
_EMAILS = (
    # Beside Chinese there are no spaces: first an address of plain letters, then one of any.
    (_AT_SIGNS, re.compile(r"[\w%+'-][@＠][^\W_]"), re.compile(rf"{_LOCAL}[@＠]{_ASCII_DOMAIN}")),
    (_AT_SIGNS, re.compile(r"[\w%+'-][@＠](?:[^\W_]|-){1,63}\."), re.compile(rf"{_WIDE}[@＠]{_DOMAIN}")),
    # Only the dot is a word, or the server is one of India's payments.
    (
        _AT_SIGNS,
        re.compile(
            rf"[@＠][A-Za-z0-9-]{{2,40}}(?: {_DOT} | ?[点點] ?)|@(?:ok|ybl|paytm|upi|ibl|axl|apl)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{_LOCAL}[@＠](?:[A-Za-z0-9-]{{2,40}}(?: {_DOT} | ?[点點] ?){_END}|(?:ok(?:hdfc(?:bank)?|icici|sbi|axis)|ybl|paytm|upi|ibl|axl|apl))(?![\w.-])",
            re.IGNORECASE,
        ),
    ),
    # Another sign for the @, or spaces around it, before the server of a big provider: name#qq.com
    (
        ("#", "＃", "*", " @", "@ ", " ＠", "＠ "),
        re.compile(rf"(?:[#＃*]\s?|\s[@＠]\s?|[@＠]\s){_PROVIDER}", re.IGNORECASE),
        re.compile(rf"{_LOCAL}(?:\s?[#＃*]\s?|\s[@＠]\s?|[@＠]\s){_PROVIDER}", re.IGNORECASE),
    ),
    # Written so that machines do not see it: name [at] domain [dot] com.
    (
        _BRACKETS,
        re.compile(rf"{_OPEN}(?:{_AT}|a|@|＠|艾特){_CLOSE}|(?<=[^\W_])(?:_at_|-at-|\*at\*)", re.IGNORECASE),
        re.compile(
            rf"(?:(?<![A-Za-z0-9._-])[A-Za-z0-9_-]{{1,30}}\s?{_OPEN}{_DOT}{_CLOSE}\s?)?{_LOCAL}\s?(?:{_OPEN}(?:{_AT}|a|@|＠|艾特){_CLOSE}|(?<=[^\W_])(?:_at_|-at-|\*at\*))\s?[A-Za-z0-9-]{{1,63}}"
            rf"(?:\s?(?:{_OPEN}(?:{_DOT}|pt|点|點|\.){_CLOSE}|\s{_DOT}\s|\.)\s?[A-Za-z0-9-]{{2,24}}){{1,4}}",
            re.IGNORECASE,
        ),
    ),
    (
        _SAID,
        re.compile(rf" {_AT} [A-Za-z0-9-]{{2,40}} {_DOT} ", re.IGNORECASE),
        re.compile(
            rf"(?:(?<![A-Za-z0-9._-])[A-Za-z0-9_-]{{1,30}} {_DOT} )?{_LOCAL} {_AT} [A-Za-z0-9-]{{2,40}} {_DOT} (?:{_END} {_DOT} )?{_END}\b",
            re.IGNORECASE,
        ),
    ),
    # "jo.may7 at gmail.com": a name that is no word of a sentence.
    (
        _SAID,
        re.compile(
            rf" (?:arroba|arobase|ät|klammeraffe) [\w-]{{2,40}}\.[a-z]|{_AT} {_PROVIDER}", re.IGNORECASE
        ),
        re.compile(
            rf"{_LOCAL} (?:arroba|arobase|ät|klammeraffe) {_ASCII_DOMAIN}|(?=[A-Za-z0-9+-]{{0,40}}[._\d]){_LOCAL} {_AT} {_PROVIDER}",
            re.IGNORECASE,
        ),
    ),
    (
        _SAID,
        re.compile(r"艾特|小老鼠|圈a"),
        re.compile(
            rf"{_LOCAL} ?(?:艾特|圈a|小老鼠) ?[A-Za-z0-9-]{{2,40}} ?(?:\.|点|點) ?{_END}\b", re.IGNORECASE
        ),
    ),
)
# The address of an account, or of something it said, names it: by the word before it, or by the network it is on.
_PROFILE = re.compile(
    r"(?:https?://|www\.)[\w.-]{1,253}(?::\d{1,5})?/(?:profile|profiles|users|user|people|u|author|authors)/(?:profile/)?(?P<a>[^\s/?#<>\"'()@，。；、！？）】」]{2,100})",
    re.IGNORECASE,
)
_ON_NETWORK = re.compile(
    r"(?:https?://|www\.)(?:[a-z]{1,8}\.)?(?:(?:x|twitter|instagram|facebook|vk|github|weibo)\.com|t\.me|(?:linkedin\.com/in))/"
    r"(?:[nu]/)?(?!(?:i|p|s|tv|reel|reels|explore|search|hashtag|home|intent|share|sharer|watch|events|groups|stories|story|photo|photos|"
    r"permalink|pages|marketplace|about|help|privacy|terms|login|feed|status|ttarticle|topics|orgs|joinchat|addstickers)"
    r"(?![\w.-]))(?P<a>[\w.%-]{2,60})",
    re.IGNORECASE,
)


# Accounts without an @: under the server of a network (ana.bsky.social), as on a forum (u/ana), or named after a
# network or messenger and a colon. Between letters of other scripts nothing separates the two.
_SERVER = re.compile(
    r"(?<![A-Za-z0-9@＠./_-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,3}"
    r"(?:bsky\.(?:social|team)|eurosky\.social|northsky\.social|blacksky\.app)(?![A-Za-z0-9-]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_FORUM = re.compile(r"(?<![A-Za-z0-9@./:-])/?(?P<a>u/[A-Za-z0-9_-]{3,20})(?![A-Za-z0-9_/-])")
_MESSENGER = re.compile(
    r"(?:\b(?:insta(?:gram)?|ig|twitter|telegram|tg|tik ?tok|snap(?:chat)?|discord|skype|wechat|weixin|vx|line|signal|threads|bluesky|bsky|mastodon|"
    r"facebook|fb|kik|xhs)\b(?: ?(?:id|user(?:name)?|handle|name|usuario|usuário|pseudo|benutzername))?"
    r"|(?:微信|威信|薇信|小红书|小紅書|抖音|快手|微博|豆瓣|知乎|B站|旺旺)(?:号|號|ID|id|名|账号|帳號)?)"
    r"(?:\s?(?:[:：]|是|为|為|is|es|est|ist|é)\s?|(?<=[号號])\s?)(?P<a>(?=[A-Za-z0-9.-]*[\d_])[A-Za-z](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_])){3,29})(?![A-Za-z0-9_@＠])",
    re.IGNORECASE,
)
# Chinese needs no sign between the name of a messenger and that of an account.
_BESIDE = re.compile(
    r"(?:微信|威信|薇信|v信|加[v薇威微]|小红书|小紅書|抖音|快手|支付[宝寶])号?[:：]?\s?(?P<a>(?=[A-Za-z-]*[\d_])(?!iphone|ipad|windows|android|ios|mac|harmony|top|app|vip|pro\d|plus)[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@＠.-])",
    re.IGNORECASE,
)
# Argentina's accounts have a name of words beside their number.
_ALIAS = re.compile(
    r"\balias(?: (?:cbu|cvu|mp|es))?\s?:?\s(?P<a>[A-Za-z0-9-]{2,20}(?:\.[A-Za-z0-9-]{2,20}){2,3})(?![\w@-])",
    re.IGNORECASE,
)
_QQ = re.compile(
    r"(?:(?<![A-Za-z])Q\s?Q|扣扣|(?:小[红紅][书書]|抖音|快手)(?=[号號:：]))(?:号码?|號碼?|群)?\s?(?:[:：]|是|为|為)?\s?(?P<a>[1-9]\d{5,10})(?![\dA-Za-z@＠.])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w./@-])(?:(?:instagram|twitter|facebook|tiktok|weibo)\.com|t\.me|x\.com)/(?:u/|@)?(?P<a>[A-Za-z0-9_.]{3,40}[A-Za-z0-9_])|bilibili\.com/(?P<b>\d{4,16})|\bdiscord\W{1,3}(?P<c>[\w.]{2,32}#\d{4})(?!\d)",
    re.IGNORECASE,
)
# What must stand in a text for a look at accounts without an @ to be worth while, in small letters.
_HINTS = (
    "bsky", "eurosky", "northsky", "blacksky", "u/", "qq", "q q", ".com/", "t.me/", "insta", "ig:", "ig :", "ig ", "twitter", "telegram", "tg", "tik", "snap", "discord", "skype", "wechat",
    "weixin", "vx", "line", "signal", "threads", "mastodon", "facebook", "fb", "kik", "xhs", "alias",
)  # fmt: skip
_NAMED = re.compile(r"[.:：/号是#]|[qQ]{2}|[信音书手宝扣薇威微vV] ?[A-Za-z\d]")
_EASTERN_HINTS = (
    "微信",
    "威信",
    "薇信",
    "小红书",
    "小紅書",
    "抖音",
    "快手",
    "微博",
    "豆瓣",
    "知乎",
    "b站",
    "旺旺",
    "v信",
    "加v",
    "加薇",
    "加威",
    "加微",
    "支付",
    "扣扣",
)

# Calls to everybody in a group, and an @ that stands for both endings of a Spanish or Portuguese word (tod@s).
_EVERYBODY = re.compile(
    r"(?:所有人|全体|全體|全员|大家|(?:everyone|everybody|here|channel|all|todos|todas|tous|alle)\Z)",
    re.IGNORECASE,
)
# Words with which a Chinese sentence goes on after a name.
_GOES_ON = re.compile(
    r"(?:提供|上传|拍摄|转发|分享|整理|反映|反應|曝光|爆料|提到|提醒|回复|回覆|指出|表示|評論|评论里?)(?:的|了|过|過)|[说說](?:[的得过過了]|\Z)|[发發拍写寫传傳贴貼](?:的|了|过|過)"
    r"|(?:昨|今|明|前)(?:天|晚|早|日)|刚才|剛才|刚刚|剛剛|上周|上週|上次|那天|那条|那條|这条|這條|的(?:照片|视频|視頻|帖子|微博|文章|留言|说法|說法|话|話|意见|意見|回复)"
    r"|[您你]好|你们|你們|您们|请问|請問|请帮|請幫|请看|請看|请管|请关注|請關注|快来|快來|快看|快点|帮忙|幫忙|帮我|幫我|看看|看一下|来看|來看|"
    r"能不能|能否|可不可以|是不是|有没有|有沒有|为什么|為什麼|怎么|怎麼|什么时候|什麼時候|一样|一樣|一起|谢谢|謝謝|感谢|感謝|大家|我们|我們|我家|麻烦|麻煩|已经|已經|也(?:说|說|是|在)|都(?:说|說|是|在)|在(?:群里|评论|微博|这里|這裡|吗|嗎)"
)
_ENDINGS = frozenset({"s", "es", "x"})

# No account is named without one of these signs, or without a word for a dot.
_ANY = re.compile(r"[@＠#＃*(\[{<（【〔.:：/_-]|[信音书手宝扣薇威微vV] ?[A-Za-z\d]")
_DOTS = (
    " dot ",
    " DOT ",
    " punto ",
    " point ",
    " punkt ",
    " ponto ",
    "qq",
    "QQ",
    "Q Q",
    "号",
    "號",
    "是",
    "为",
    "為",
    "圈a",
)
# Signs that stand for an @, or around it.
_SIGN = re.compile(r"[@＠#＃*(\[{<（【〔]|[_-]at[_-]")


def names(text: str, kept: frozenset[str]) -> Iterator[Span]:
    """Mail addresses, mentions and DIDs but those in `kept` (case folded, without @; a mail domain covers all)."""
    if not _ANY.search(text) and not has(text, _DOTS):
        return
    if _SIGN.search(text) or has(text, _SAID):
        yield from _emails(text, kept)
    if "@" in text or "＠" in text:
        for found in _MENTION.finditer(text):
            if not _stays(found, kept):
                yield Span(found.end("before"), _name_end(found), "mention")
    if "://" in text or "www." in text:
        yield from _profiles(text, kept)
    if _NAMED.search(text):
        yield from _unsigned(text, kept)
    if "did:" in text:
        for found in _DID.finditer(text):
            yield Span(found.start(), found.end(), "did")


def _unsigned(text: str, kept: frozenset[str]) -> Iterator[Span]:
    low = text.lower()
    hints = _HINTS if text.isascii() else _HINTS + _EASTERN_HINTS
    if not has(low, hints):
        return
    for form in (_SERVER, _FORUM, _MESSENGER, _BESIDE, _ALIAS, _QQ, _BARE):
        for found in form.finditer(text):
            group = found.lastgroup or 0
            if _folded(found[group]) not in kept and _folded(found[group]).removeprefix("u/") not in kept:
                yield Span(found.start(group), found.end(group), "mention")


def _profiles(text: str, kept: frozenset[str]) -> Iterator[Span]:
    for form in (_PROFILE, _ON_NETWORK):
        for found in form.finditer(text):
            if _folded(found["a"]) not in kept:
                yield Span(found.start("a"), found.end("a"), "mention")


def _emails(text: str, kept: frozenset[str]) -> Iterator[Span]:
    for parts, hint, form in _EMAILS:
        for found in form.finditer(text) if has(text, parts) and hint.search(text) else ():
            said = re.sub(r"\s?@\s?", "@", _folded(found[0]))
            if said not in kept and said.rpartition("@")[2] not in kept:
                yield Span(found.start(), found.end(), "email")


def _name_end(found: re.Match[str]) -> int:
    """Where the name ends: in Chinese the sentence may go on without a space, with words that no name has."""
    goes_on = _GOES_ON.search(found["name"], 2) if not found["name"].isascii() else None
    return found.start("name") + goes_on.start() if goes_on else found.end()


def _stays(found: re.Match[str], kept: frozenset[str]) -> bool:
    before, name = found["before"], found["name"]
    if before and before not in ".-+" and "." in name and "@" not in name:
        return True  # somebody@example.org is a mail address, not a mention
    if before.isalpha() and name in _ENDINGS:
        return True  # tod@s
    if name.isdecimal() and len(name) < 5 and (before.isalnum() or len(name) < 3):
        return True  # 3 @4.50, a 5@7
    called = name[: _name_end(found) - found.start("name")]
    if any(one.casefold() in kept or _folded(one) in kept for one in (name, called)):
        return True
    return bool(_EVERYBODY.match(name))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
