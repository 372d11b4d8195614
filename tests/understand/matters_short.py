"""Twelve matters of Saltgate as people post them: short, hasty, with tags. Written for these tests, held out."""

from __future__ import annotations

MATTERS: dict[str, tuple[str, ...]] = {
    "bins": (
        "bins on our road not emptied for 3 weeks!! rats everywhere",
        "No rubbish collection again this week, it stinks #bins",
        "Tres semanas sin recoger la basura en mi calle, qué asco",
        "三个星期没人收垃圾了，满街都是老鼠",
        "垃圾又没人收，臭死了",
    ),
    "water": (
        "anyone else's tap water brown today??",
        "brown water coming out of the kitchen tap, is it safe to drink",
        "El agua del grifo sale marrón, ¿se puede beber?",
        "家里自来水发黄，能喝吗？",
        "今天水龙头出来的水是棕色的",
    ),
    "tram": (
        "tram line 4 stuck again, 40 min waiting in the rain",
        "Line 4 tram broken down AGAIN. late for work",
        "Otra vez averiado el tranvía de la línea 4, llego tarde al trabajo",
        "El tranvía 4 parado 40 minutos",
        "4路有轨电车又坏了，上班要迟到了",
    ),
    "playground": (
        "broken glass all over the playground, kids can't play there",
        "Cristales rotos en el parque infantil, cuidado con los niños",
        "Parque infantil lleno de cristales rotos",
        "儿童游乐场到处是碎玻璃，小心孩子",
        "游乐场地上全是碎玻璃",
    ),
    "parking": (
        "parking fee in the centre doubled overnight, who decided this",
        "Parking now twice as expensive downtown. Thanks council.",
        "Aparcar en el centro cuesta ahora el doble",
        "Suben al doble el precio del aparcamiento en el centro",
        "市中心停车费一夜之间翻倍，谁定的？",
    ),
    "noise": (
        "building site drilling at 5am, nobody can sleep",
        "how is construction noise at 5 in the morning legal",
        "Obras a las cinco de la mañana, imposible dormir con este ruido",
        "工地凌晨五点就开始施工，吵得没法睡",
        "凌晨五点工地施工噪音，还让不让人睡觉",
    ),
    "fire": (
        "huge fire at the old furniture warehouse, black smoke over the harbour",
        "Warehouse fire at the harbour, firefighters everywhere",
        "Gran incendio en un almacén de muebles del puerto, humo negro",
        "港口家具仓库着火，黑烟滚滚",
        "港口仓库大火，来了好多消防车",
    ),
    "swimming": (
        "they closed the swimming pool for the whole summer, seriously?",
        "Swimming pool closed all summer for repairs, what do we do with the kids",
        "Cierran la piscina municipal todo el verano por obras",
        "La piscina cerrada todo el verano, increíble",
        "游泳馆整个夏天都关闭维修",
    ),
    "exam": (
        "the maths exam questions were leaked online last night",
        "Leaked maths exam: will everyone have to take it again?",
        "Se filtró el examen de matemáticas en internet anoche",
        "数学考试题昨晚在网上泄露了",
        "数学考题泄露，要重考吗？",
    ),
    "marathon": (
        "so proud, finished my first city marathon today!",
        "What a crowd at the marathon this morning, thank you runners",
        "Mi primer maratón de la ciudad terminado, qué emoción",
        "Cuánta gente en el maratón esta mañana",
        "今天跑完了人生第一个城市马拉松！",
    ),
    "scam": (
        "got a text from a fake 'tax office', don't click the link, it's a scam",
        "Warning: scam SMS pretending to be the tax office",
        "Cuidado con el SMS falso de Hacienda, es una estafa",
        "小心冒充税务局的诈骗短信，别点链接",
        "又收到假税务局短信，骗子",
    ),
    "flu": (
        "no flu vaccine left at any pharmacy in town",
        "Tried four pharmacies, all out of flu shots",
        "No quedan vacunas de la gripe en las farmacias",
        "跑了四家药店，流感疫苗都没有了",
        "全城药店流感疫苗缺货",
    ),
}  # fmt: skip
