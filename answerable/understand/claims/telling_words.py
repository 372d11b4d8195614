"""Words that tell a statement of fact from an opinion, a wish or a greeting, and what it would harm.

Written for this project: few and plain. Stems of spaced languages match the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Mapping

# What happened, what causes what, what is or will be.
FACTS: Mapping[str, str] = {
    "en": "die died dead kill injur explod explosion collaps burn burst flood leak poison contaminat infect "
    "spread clos shut open cancel ban banned stop start raise increas cut reduc cost pay sold sell steal stole arrest "
    "evacuat caus because due percent million thousand contain found discover confirm announc admit sign "
    "approv demolish remov replac happen will has have had was were is are since until tested",
    "es": "muri muer mató matar herid explot derrumb quem incendi inund fuga filtr envenen contamin infect "
    "propag cerr abri cancel prohib suspend sub aument baj redu cuest pag vend rob deten evacu caus porque debido "
    "millon mil contien encontr descubr confirm anunci admit firm aprob demol retir reemplaz ocurr será serán van "
    "es son está están fue fueron era tiene tienen hay desde hasta",
    "zh": "死 伤 亡 爆炸 倒塌 坍塌 着火 起火 淹 泄漏 有毒 中毒 污染 感染 传染 扩散 关闭 关门 停 取消 禁止 开始 涨 "
    "上调 降 收费 免费 卖 偷 抓 被捕 疏散 导致 造成 引起 因为 由于 含有 发现 查出 确认 宣布 承认 签 批准 拆 拆除 "
    "更换 发生 将 会 已 已经 是 有 被 超标 万 亿",
}
# Hearsay: somebody passes on what somebody else is said to know.
HEARSAY: Mapping[str, tuple[str, ...]] = {
    "en": ("i heard", "people say", "they say", "apparently", "reportedly", "allegedly", "according to",
           "word is", "rumour", "rumor", "told me", "is it true"),
    "es": ("dicen que", "me dijeron", "me contaron", "según", "se rumorea", "rumor", "al parecer",
           "supuestamente", "escuché que", "es verdad que", "es cierto que"),
    "zh": ("听说", "据说", "有人说", "都说", "网传", "传言", "据称", "据悉", "朋友说", "是不是真的", "谣传"),
}  # fmt: skip
# What cannot be checked: what somebody feels, wants or finds right.
OPINION: Mapping[str, tuple[str, ...]] = {
    "en": ("i think", "i feel", "i hope", "i wish", "i love", "i hate", "in my opinion", "should", "must be ashamed",
           "please", "let us", "let's", "beautiful", "wonderful", "terrible", "disgusting", "shame on", "best", "worst",
           "thank", "congratulations", "proud", "we want", "we demand", "hopefully", "if only"),
    "es": ("creo que", "pienso que", "siento que", "espero que", "ojalá", "me encanta", "odio", "en mi opinión",
           "debería", "deberían", "por favor", "hermos", "maravillos", "terrible", "vergüenza", "mejor", "peor",
           "gracias", "felicidades", "orgullos", "queremos", "exigimos"),
    "zh": ("我觉得", "我认为", "我希望", "希望", "但愿", "应该", "请大家", "太美", "真好", "太差", "恶心", "丢脸", "最好",
           "最差", "谢谢", "感谢", "祝贺", "恭喜", "骄傲", "要求", "强烈建议", "建议", "喜欢", "讨厌", "可惜"),
}  # fmt: skip
GREETINGS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "hello",
        "hi ",
        "hey ",
        "good morning",
        "good evening",
        "good night",
        "happy ",
        "welcome",
        "dear ",
    ),
    "es": ("hola", "buenos días", "buenas", "feliz", "bienvenid", "saludos", "estimad"),
    "zh": ("你好", "您好", "早上好", "晚上好", "晚安", "大家好", "新年快乐", "欢迎", "尊敬的"),
}
# What comes to harm if people believe it, by kind.
HARMS: Mapping[str, Mapping[str, str]] = {
    "life": {
        "en": "die died dead death kill drown suffocat explod explosion collaps shoot shot stab",
        "es": "muer muri mató mata ahog explot explos derrumb dispar apuñal",
        "zh": "死 丧生 遇难 溺水 窒息 爆炸 倒塌 坍塌 枪 砍",
    },
    "health": {
        "en": "poison contaminat infect virus vaccin medicine hospital cancer toxic bacteria disease cure outbreak bleach",
        "es": "envenen contamin infect virus vacun medic hospital cáncer tóxic bacteri enfermedad cura brote lejía cloro",
        "zh": "毒 污染 感染 病毒 疫苗 药 医院 癌 细菌 疾病 治愈 疫情 消毒",
    },
    "safety": {
        "en": "evacuat flood dam fire gas leak earthquake storm bridge siren radiat shelter missing kidnap",
        "es": "evacu inund represa presa incendi fuego gas fuga terremoto sismo tormenta puente sirena radiac refugio secuestr",
        "zh": "疏散 撤离 洪水 决堤 大坝 火灾 着火 燃气 煤气 泄漏 地震 台风 桥 辐射 失踪 拐",
    },
    "supplies": {
        "en": "water food bread fuel petrol electric power blackout shortage ration price",
        "es": "agua aliment comida combustible gasolina electric apagón escasez raciona precio",
        "zh": "自来水 食品 粮 油 汽油 停电 停水 电 短缺 限购 涨价",
    },
    "money": {
        "en": "fraud scam bank account pension benefit fee fine tax refund salary debt",
        "es": "fraude estafa banco cuenta pensión subsidio multa impuesto tasa reembolso salario deuda",
        "zh": "诈骗 骗 银行 账户 养老金 补贴 收费 罚款 税 退款 工资 债",
    },
    "rights": {
        "en": "vote election ballot polling register deport discriminat ethnic migrant refugee school",
        "es": "vot elección elecciones urna registro deport discrimin étnic migrant refugiad escuela",
        "zh": "选举 投票 登记 户口 遣返 歧视 民族 移民 难民 学校",
    },
}  # fmt: skip
