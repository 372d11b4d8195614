"""Twelve matters of Brackwater, each told in English, Spanish and Chinese by five people. Written for these tests."""

from __future__ import annotations

MATTERS: dict[str, tuple[str, ...]] = {
    "water main": (
        "A water main has burst in Mill Lane and the whole street is under water",
        "Burst pipe on Mill Lane, no water in any of the houses since six this morning",
        "Se ha roto una tubería de agua en Mill Lane y la calle está inundada",
        "Mill Lane sin agua desde las seis por la rotura de la tubería principal",
        "磨坊巷的自来水主管道爆裂，整条街都被水淹了",
    ),
    "school bus": (
        "The school bus drove off and left three children at the Hollin Bridge stop",
        "Is it true that the school bus left children behind at Hollin Bridge?",
        "El autobús escolar dejó a tres niños abandonados en la parada de Hollin Bridge",
        "¿Es verdad que el autobús del colegio se fue sin los niños?",
        "听说校车把三个孩子丢在霍林桥车站就开走了",
    ),
    "lantern festival": (
        "The lantern festival on the quay tonight is the most beautiful in years",
        "Thousands of paper lanterns at the festival this evening, the children love it",
        "El festival de los faroles de esta noche en el muelle es precioso",
        "Miles de faroles de papel en el festival, a los niños les encanta",
        "今晚码头的灯会真漂亮，成千上万盏纸灯笼",
    ),
    "hospital waiting": (
        "Waited nine hours in the emergency room of the hospital with my mother",
        "The hospital's emergency department has patients lying in the corridor again",
        "Nueve horas de espera en urgencias del hospital con mi madre",
        "Otra vez pacientes en los pasillos de urgencias del hospital",
        "在医院急诊室等了九个小时，走廊里都是病人",
    ),
    "rent": (
        "Our landlord raises the rent by forty percent, we cannot pay that",
        "Rents are going up everywhere, who can still afford a flat?",
        "El casero nos sube el alquiler un cuarenta por ciento, no podemos pagarlo",
        "Los alquileres suben sin parar, ¿quién puede pagar un piso?",
        "房东要把房租涨百分之四十，我们付不起",
    ),
    "vaccination": (
        "The flu vaccination centre in the town hall opens on Monday without appointment",
        "You can get your flu shot in the town hall from Monday on",
        "El lunes abre el centro de vacunación contra la gripe en el ayuntamiento",
        "Desde el lunes se puede vacunar contra la gripe sin cita en el ayuntamiento",
        "流感疫苗接种点星期一在市政厅开放，不用预约",
    ),
    "power cut": (
        "Power cut in Saltgate, all the street lights and shops are dark",
        "No electricity in Saltgate for two hours now, what is going on?",
        "Apagón en Saltgate, las farolas y las tiendas están a oscuras",
        "Llevamos dos horas sin electricidad en Saltgate",
        "盐门区停电了，路灯和商店都黑了",
    ),
    "dog attack": (
        "A dog bit a little girl in the park and its owner just walked away",
        "Loose dog attacked a child in the park this afternoon",
        "Un perro mordió a una niña en el parque y el dueño se marchó",
        "Un perro suelto atacó a un niño en el parque esta tarde",
        "公园里一条狗咬伤了小女孩，狗主人走掉了",
    ),
    "library": (
        "The council wants to close the library, please sign the petition",
        "Sign the petition against closing our library",
        "El ayuntamiento quiere cerrar la biblioteca, firmad la petición",
        "Firma contra el cierre de nuestra biblioteca",
        "市议会要关闭图书馆，请大家签名反对",
    ),
    "air": (
        "Terrible smell of smoke from the factory, we cannot open the windows",
        "The factory is burning something again, the smoke makes everybody cough",
        "Un olor horrible a humo de la fábrica, no podemos abrir las ventanas",
        "La fábrica vuelve a quemar algo y el humo nos hace toser a todos",
        "工厂的烟味太难闻了，窗户都不能开",
    ),
    "football": (
        "Our football team won the cup final three to one, what a game",
        "We won the football cup, the whole town is celebrating",
        "Nuestro equipo de fútbol ganó la final de la copa tres a uno",
        "Hemos ganado la copa de fútbol, todo el pueblo lo celebra",
        "我们的足球队三比一赢得了杯赛决赛，全城都在庆祝",
    ),
    "snow": (
        "Heavy snow tonight, the trains are cancelled and the roads are closed",
        "All trains cancelled because of the snow, stuck at the station",
        "Fuerte nevada esta noche, trenes cancelados y carreteras cortadas",
        "Todos los trenes cancelados por la nieve, atrapados en la estación",
        "今晚大雪，火车停运，道路封闭",
    ),
}  # fmt: skip
