"""Made-up mail to a town hall: the same troubles of the same places come back over two years, in set phrases.

A seed gives the same mail again. Names and sentences are invented here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2024, 1, 8, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Letter:
    """One letter; `topic` is the place and trouble it is about, "" for one that nobody else writes about."""

    title: str
    text: str
    at: datetime
    topic: str


@dataclass(frozen=True)
class Tongue:
    """The grammar of one language. {p} is a place, {w} the words for its trouble."""

    places: Sequence[str]
    troubles: Sequence[Sequence[str]]  # the same trouble in several words
    titles: Sequence[str]
    openings: Sequence[str]
    bodies: Sequence[str]
    who: Sequence[str]  # what details are made of
    when: Sequence[str]
    did: Sequence[str]
    so: Sequence[str]
    details: Sequence[str]
    endings: Sequence[str]
    gap: str  # between sentences


ZH = Tongue(
    places=(
        [a + b for a in ("云栖", "枫林", "锦瑞", "澜庭", "紫荷", "望江", "金榕", "碧溪", "鹿鸣", "晴岚")
         for b in ("华府", "小区", "雅苑")]
        + [a + b for a in ("松柏", "建业", "石桥", "白鹭") for b in ("路", "街")]
        + ["鑫荣达物业公司", "宏泰置业公司", "嘉禾金服平台", "远方驾校", "第九中学", "龙泉水厂"]
    ),
    troubles=(
        ("施工噪音", "打桩声", "工地噪声"), ("电梯故障", "电梯停运", "电梯困人"), ("水质发黄", "自来水异味", "停水"),
        ("捆绑销售车位", "车位涨价", "车位纠纷"), ("拖欠工资", "不发工资", "欠薪"), ("油烟扰民", "油烟直排", "烧烤油烟"),
        ("房产证办不下来", "产权证拖延", "不动产证受阻"), ("路灯不亮", "没有路灯", "照明损坏"),
        ("垃圾无人清运", "垃圾堆积", "垃圾发臭"), ("学区划分", "入学难", "学位不足"),
    ),
    titles=(
        "反映{p}{w}的问题", "关于{p}{w}的投诉", "请求解决{p}{w}", "{p}{w}何时能解决？", "恳请领导关注{p}{w}",
        "投诉{p}{w}", "{p}业主的心声", "请加快处理{p}的事情",
    ),
    openings=(
        "尊敬的领导：您好！", "尊敬的市长，您好，百忙之中打扰您。", "各位领导好，我是一名普通市民。",
        "领导您好，感谢您抽空阅读这封信。", "",
    ),
    bodies=(
        "我们住在{p}，{w}已经有一段时间了。", "{p}最近{w}，大家意见很大。", "本人家住{p}附近，{w}，严重影响正常生活。",
        "自从去年以来，{p}就存在{w}的情况。",
    ),
    who=("物业", "开发商", "社区", "城管队员", "环保局", "施工单位", "值班人员", "街道干部", "隔壁老板", "派出所民警", "客服", "业委会"),
    when=("上周三", "去年冬天", "前天晚上", "国庆期间", "五月份", "春节前", "连续三个月", "每到雨天", "凌晨两点", "周末中午"),
    did=("答应整改却没有动静", "只派人拍了几张照", "把责任推给别人", "来过一次便再无消息", "贴出通知又撕掉", "让我们自己协商", "说经费没有批下来",
         "当面保证一个月修好", "电话里态度生硬", "收了材料不给回执", "只罚了两百块钱", "要求我们签字同意"),
    so=("老人夜里犯了心脏病", "孩子咳嗽了半个月", "家里的墙面都裂开了", "好几户已经搬走", "门口的早餐店关了门", "楼下的花坛全枯了",
        "我只能请假在家守着", "租客提前退了房", "邻居之间也吵了起来", "婴儿整晚哭闹", "骑车的人摔断了胳膊", "退休金都花在看病上"),
    details=("{when}{who}{did}。", "{so}，{who}{did}。", "{when}，{so}。", "{who}{did}，结果{so}。"),
    endings=(
        "恳请领导百忙之中予以重视，谢谢！", "望尽快解决，此致敬礼。", "请有关部门依法查处，还百姓一个公道。", "盼复！", "",
    ),
    gap="",
)  # fmt: skip
EN = Tongue(
    places=(
        [f"{a} {b}" for a in ("Harrow", "Kestrel", "Willow", "Ashdown", "Marlow", "Pinewood", "Tanner", "Orchard",
                              "Quarry", "Saltmarsh") for b in ("Court", "Lane", "Estate")]
        + ["Northgate Lettings", "Brightwell Homes", "Cobalt Parking", "Fenner Scaffolding", "Ridley Primary",
           "Oakhurst Clinic", "Veldt Energy", "Stonebridge Depot"]
    ),
    troubles=(
        ("building noise", "drilling noise", "noise at night"), ("broken lift", "lift out of order", "no lift"),
        ("brown water", "smelly water", "no water"), ("parking fines", "parking charges", "unfair parking tickets"),
        ("unpaid wages", "wages not paid", "missing pay"), ("cooking fumes", "kitchen smoke", "grease fumes"),
        ("mould", "black mould", "damp walls"), ("street lights out", "no street lights", "dark pavement"),
        ("missed rubbish collection", "overflowing bins", "uncollected rubbish"),
        ("school places", "no school place", "catchment change"),
    ),
    titles=(
        "Complaint about {p}: {w}", "{w} at {p}", "Request for help with {w}, {p}", "When will {p} be sorted out?",
        "Residents of {p} need an answer", "Please look into {w} at {p}", "Speed up the matter of {p}",
    ),
    openings=(
        "Dear Sir or Madam,", "To whom it may concern,", "Dear Councillor, thank you for your time.",
        "I am writing to you as a concerned resident.", "",
    ),
    bodies=(
        "We live at {p} and the problem is {w}.", "There has been {w} at {p} for weeks.",
        "Since last year {p} has had {w} and it affects our daily life.", "My family is at {p}; {w} makes it impossible.",
    ),
    who=("The managing agent", "The developer", "An inspector", "The caretaker", "A man from the depot", "The landlord",
         "The ward office", "The contractor", "Someone at the hotline", "The night guard", "Our tenants' group", "The shop owner"),
    when=("last Wednesday", "in the winter", "two nights ago", "over the holidays", "in May", "before Easter",
          "for three months", "whenever it rains", "at two in the morning", "on Sunday at noon"),
    did=("promised repairs and vanished", "only took a few pictures", "blamed a different department",
         "came once and never returned", "put up a notice and tore it down", "told us to sort it among ourselves",
         "said the budget was refused", "swore it would be fixed within a month", "was rude on the telephone",
         "took the forms without a receipt", "handed out a tiny fine", "wanted us to sign a waiver"),
    so=("my father had a bad turn", "the baby has coughed ever since", "plaster is falling off the walls",
        "several families have moved away", "the bakery had to close", "all the flower beds died",
        "I had to take days off", "our lodger gave notice", "neighbours are shouting at each other",
        "nobody sleeps through", "a cyclist broke an arm", "my pension goes on medicine"),
    details=("{who} {did} {when}.", "{so} and {who} {did}.", "{when} {so}.", "{who} {did}, and {so}."),
    endings=(
        "I look forward to hearing from you.", "Yours faithfully.", "Please deal with this as soon as possible.",
        "Thank you for your attention to this matter.", "",
    ),
    gap=" ",
)  # fmt: skip


def mail(tongue: Tongue, seed: int, *, topics: int = 30, strays: int = 250) -> list[Letter]:
    """Letters in time order: topics of 6 to 30 letters in several waves, and strays."""
    rng = random.Random(seed)
    pairs = [(place, trouble) for place in tongue.places for trouble in range(len(tongue.troubles))]
    # One trouble each, so that a topic is a place and a place is a topic, as for most real ones.
    places = rng.sample(list(tongue.places), topics)
    written = []
    for place in places:
        trouble = rng.randrange(len(tongue.troubles))
        waves = [START + timedelta(days=rng.uniform(0, 700)) for _ in range(rng.randint(2, 5))]
        for _ in range(rng.randint(6, 30)):
            at = rng.choice(waves) + timedelta(days=rng.expovariate(1 / 8))
            written.append(_letter(tongue, rng, place, trouble, at, f"{place}/{trouble}"))
    rest = [(place, trouble) for place, trouble in pairs if place not in places]
    for place, trouble in rng.sample(rest, min(strays, len(rest))):
        at = START + timedelta(days=rng.uniform(0, 720))
        written.append(_letter(tongue, rng, place, trouble, at, ""))
    return sorted(written, key=lambda letter: letter.at)


def _letter(tongue: Tongue, rng: random.Random, place: str, trouble: int, at: datetime, topic: str) -> Letter:
    said = rng.choice(tongue.troubles[trouble])
    again = rng.choice(tongue.troubles[trouble])
    parts = [
        rng.choice(tongue.openings),
        rng.choice(tongue.bodies).format(p=place, w=again),
        *(_detail(tongue, rng) for _ in range(rng.randint(2, 6))),
        rng.choice(tongue.bodies).format(p=place, w=said) if rng.random() < 0.3 else "",
        rng.choice(tongue.endings),
    ]
    title = rng.choice(tongue.titles).format(p=place, w=said)
    return Letter(title[:1].upper() + title[1:], tongue.gap.join(part for part in parts if part), at, topic)


def _detail(tongue: Tongue, rng: random.Random) -> str:
    slots = {name: rng.choice(getattr(tongue, name)) for name in ("who", "when", "did", "so")}
    said = rng.choice(tongue.details).format(**slots)
    return said[:1].upper() + said[1:]
