"""Chinese postal addresses down to a floor or a door, which name a household, from province or road to room and postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private.span import Span

_HAN = "\u4e00-\u9fff"
_COUNT = r"(?:[A-Za-z]{0,2}\d{1,5}(?:-?[A-Za-z]\d{0,2})?|[A-Z]|[一二三四五六七八九十百甲乙丙丁]{1,3})"
_PART = (
    rf"(?:{_COUNT}(?:号楼|號樓|号院|號院|号|號|弄|巷|栋|棟|幢|座|单元|單元|室|楼|樓|层|層|房|户|戶|门|門|期|院|组|組|段|梯)"
    r"|[-之]\d{1,4}|(?<=[元栋棟幢座楼樓層层])-?\d{2,5}(?![\d年月日元人户戶余多个套])"
    rf"|[A-Za-z{_HAN}]{{2,8}}?(?:小区|小區|花园|花園|大厦|大廈|苑|公寓|邨|家园|新村|广场|廣場|中心|园|園|城|庭|府|郡|居)(?=[A-Za-z\d一二三四五六七八九十]))"
)
_NUMBERS = re.compile(
    rf"(?<=[{_HAN}])(?=[A-Za-z]{{0,2}}\d|[A-Z][栋棟幢座区區]|[一二三四五六七八九十]段)(?:{_PART}\s?){{1,9}}"
)
# A door behind a house of a number; Taiwan's and Hong Kong's floors are doors.
_DOOR = re.compile(
    r"(?:号|號|栋|棟|幢|座|弄|巷|院|单元|單元|楼|樓|大厦|大廈|小区|公寓|苑|邨|园|園).{0,10}?(?:\d(?:室|房(?![补产屋间]))|[A-Z]室|[东西南北中东]户)"
    r"|(?:號|巷|弄).{0,6}?[\dA-Z一二三四五六七八九十](?:樓|層)|(?<=[元栋棟幢座楼樓层層])-?\d{3,5}\s?\Z|(?:单元|楼).{0,6}号\s?\Z"
)
_ROOM = re.compile(r"\d(?:室|房(?![补产屋间]))")
# What the signs before a number end with when they name a place, not a thing of the sentence.
_PLACE = re.compile(
    r"(?:路|街|道|巷|弄|胡同|里|村|庄|区|區|园|園|苑|城|府|湾|灣|庭|邸|厦|廈|楼|院|寓|邨|段|组|坊|墅|期|号|號|居|轩|廷|郡|都|镇|中心)\Z"
)
_RUN = re.compile(rf"(?:(?<!\d)\d{{3,6}}(?=[{_HAN}]))?[{_HAN}]{{2,32}}\Z")
# Words after which an address begins.
_BEGINS = re.compile(
    r"住址|地址|居住|家住|住|位于|位於|坐落|[到在是的叫给給]|从(?!化)|我[家妈爸们們]?|[他她]家|家里|家裡|搬|去|来|來|关于|位置|[对對向就为為係喺至寄]"
)
_PROVINCE = re.compile(rf"[{_HAN}]{{2,3}}(?:省|市|自治区|特区)")
# Shops, offices and rooms of schools and clinics are open to everybody, and nobody's home.
_SHOP = re.compile(
    r"号?(?:商铺|商舖|门面|门店|铺面|店面|店铺|写字楼|办公室)|[、\d]{1,12}(?:商铺|门面)"
    r"|教室|课室|會議室|会议室|实验室|實驗室|报告厅|自习室|阅览室|诊室|診室|病房|窗口|考场|考場"
)
_PUBLIC_HOUSE = re.compile(
    r"(?:教学|教學|办公|辦公|实验|實驗|行政|综合|綜合|门诊|門診|住院|图书|圖書|政务|服务|体育|科研|文化)(?:楼|樓|馆|館|中心|大厅|大厦|大楼|部)"
)
_OFFICE = re.compile(r"办公地|公司地址|公司[，,]地址|注册地|营业地|门店位于|辦公地")
_POSTCODE = re.compile(r"[，,、\s]?\s?(?:邮编|郵編|郵遞區號)?[:：]?\s?\d{6}(?!\d)")
_MOST = 40  # characters before the first number


def eastern(text: str) -> Iterator[Span]:
    """Every address of `text` that ends at a floor, a door or a room."""
    for found in _NUMBERS.finditer(text):
        door = _DOOR.search(found[0])
        if not door and not _ROOM.search(found[0]):
            continue
        run = _RUN.search(text, max(0, found.start() - _MOST), found.start())
        if not run or not (door or _PLACE.search(run[0])):
            continue
        end = found.start() + len(found[0].rstrip())
        if _PUBLIC_HOUSE.search(text, max(0, found.start() - 8), end):
            continue
        if _SHOP.match(text, end) or office(text, found.start()):
            continue
        if code := _POSTCODE.match(text, end):
            end = code.end()
        begin = run.start() + _begin(run[0]) if _PLACE.search(run[0]) else found.start()
        yield Span(begin, end, "address")


def office(text: str, start: int) -> bool:
    """True when the words before `start` say that an address is an office's."""
    return bool(_OFFICE.search(text, max(0, start - _MOST), start))


def _begin(run: str) -> int:
    """Where in the signs before the first number the address begins."""
    last = len(run) - len(run.lstrip("年月日时分号號"))
    for found in _BEGINS.finditer(run):
        if len(run) - found.end() >= 2:
            last = found.end()
    province = _PROVINCE.search(run, last)
    if last or not province:
        return max(last, len(run) - 16)
    return province.start()
