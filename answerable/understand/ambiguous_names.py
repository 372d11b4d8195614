"""Names of cities that mean something else more often: common words, and names of persons.

A common word is never a place; a person's name only after a word like "in" or "near".
"""

from __future__ import annotations

from typing import Final

_ENGLISH = """
reading mobile nice bath split most man police best sale street central march same van orange male
bar tours battle deal wells rugby enterprise independence liberty hope normal paradise surprise
commerce industry union mission spring summit temple eden lake bend gap pace date young moss bell
star bay hill wood forest park grove clear deer eagle fort garden golden green grand harbor holly
home ice iron king lights long maple mountain oak parish path plain port prince pure queens ridge
rock royal sand silver sky stone sun sunrise valley west east north south white wind winter worth
imperial corner university hamlet crown ware sandy bright new old power media goal opportunity
protection justice victory progress trinity freedom welcome apollo atlas delta kings page mary
marina ham bad ill hit den ten one two the and for not who what when here there this that they god
army
"""
_SPANISH = """
metro nueva gracias concepcion libertad progreso esperanza delicias triunfo victoria paz cruz reforma
granada colon mercedes dolores rosario florida barranca palma corona santa san los las del salto
lima mar sol rio puerto villa centro norte sur este oeste calle plaza parque agua casa vida luz fe
amor union independencia constitucion justo alto baja carmen pilar asuncion soledad consolacion
caridad socorro remedios tres dos uno bella linda rica real rosa aguas santo señora nuestra isla
playa baños caldas cañada molinos
"""
_OTHERS = """
mars tour bonne belle lens die der das dom mode male essen alle buch bar non sera bra terni mola
fermo salve como lodi pace brava gallo cento bene casale rende marino barra viana mata natal bom
feira patos campo grande
"""
_CHINESE = """
东方 平安 和平 大方 公安 合作 大名 天长 开化 太和 永安 兴化 开平 高明 安全 中山 朝阳 新民 安康 昌平
大同 长治 文昌 长春路 海口岸 新城 中心 黄石 铜陵路 同心 安定 上海路 北京路 光明 胜利 解放 人民 中国
美国 大学 城市 政府 自治 太平 兴隆 永定 宣威 保护 通化 东南 西北 东北 西南 华东 华南 华北 江南 江北
河南 河北 山东 山西 湖南 湖北 广东 广西 海南 云南 四川 贵州 陕西 甘肃 青海 江西 福建 浙江 安徽 江苏
辽宁 黑龙江
"""
COMMON: Final = frozenset(f"{_ENGLISH} {_SPANISH} {_OTHERS} {_CHINESE}".split())
PERSONS: Final = frozenset(
    """
alejandro alexandria angeles antonio aurora austin brandon bryan cameron carolina carson charlotte
chelsea chester clinton columbia constantine cristina cruz dallas diego eugene felipe fernando
florence francis franklin gabriel george georgia glen hamilton houston israel jackson jefferson
jordan jose juan kelly kent kobe lawrence leon lincoln logan lorena louis lourdes lynn madison
marion martin miguel milan morales murphy nelson pablo paris pedro rafael raleigh reyes robins rosa
salem sandy santiago savannah sofia spencer stanley sydney tomas torres trenton troy tyler valencia
vicente victoria vienna virginia warner warren washington wayne wilson
""".split()
)
