"""How people deny and doubt in replies: phrases written for this project, a tuple for each language."""

from __future__ import annotations

from collections.abc import Mapping

# They say that it is false.
DENIES: Mapping[str, tuple[str, ...]] = {
    "en": ("fake", "hoax", "not true", "isn't true", "is false", "untrue", "debunk", "this is a lie", "lies", "made up",
           "never happened", "misinformation", "disinformation", "photoshop", "old picture", "old photo", "old video",
           "out of context", "stop spreading", "rumour", "rumor", "fabricated", "misleading", "doctored", "bullshit"),
    "es": ("es falso", "falso", "falsa", "mentira", "bulo", "no es cierto", "no es verdad", "desmentid", "desmient",
           "inventado", "nunca pasó", "desinformación", "montaje", "foto vieja", "foto antigua", "video viejo",
           "fuera de contexto", "dejen de difundir", "rumor", "engaño", "trucada", "manipulad"),
    "zh": ("谣言", "造谣", "辟谣", "传谣", "假的", "是假", "假新闻", "假消息", "不实", "不是真的", "骗人", "骗局", "别信",
           "不要信", "别传", "胡说", "瞎说", "编的", "瞎编", "摆拍", "旧图", "老图", "旧闻", "误导", "断章取义", "子虚乌有"),
}  # fmt: skip
# They ask whether it is so, or for a source.
DOUBTS: Mapping[str, tuple[str, ...]] = {
    "en": ("is this true", "is it true", "is that true", "is this real", "really?", "source?", "any source", "any proof",
           "evidence", "proof", "hard to believe", "i doubt", "doubt it", "not sure", "can anyone confirm", "confirmed?",
           "seriously?", "suspicious", "sounds fake", "unverified", "who says"),
    "es": ("es verdad", "es cierto", "es real", "de verdad?", "en serio?", "fuente?", "alguna fuente", "prueba",
           "evidencia", "difícil de creer", "lo dudo", "dudo", "no estoy segur", "alguien puede confirmar", "confirmado?",
           "sospechos", "sin verificar", "quién lo dice"),
    "zh": ("真的假的", "是真的吗", "真的吗", "真的么", "真假", "求证", "求辟谣", "求真相", "真相", "有证据吗", "证据",
           "来源", "出处", "不太信", "不信", "怀疑", "可信", "靠谱", "不会吧", "不可能吧", "是不是真", "有图有真相", "核实"),
}  # fmt: skip
