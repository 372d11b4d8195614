"""How people and their programs end what they say, and how programs announce what they quote.

English, Chinese (both scripts), Spanish, French and German; each form as mail programs really write it.
"""

from __future__ import annotations

import re

# "On … wrote:", on one line or, wrapped, on up to three that the caller joined.
WROTE = re.compile(
    r"""^(?:
        On\s.{6,220}\swrote\s?: | Am\s.{6,220}\s(?:schrieb|hat)\b.{0,120}: | .{4,160}\sschrieb\s(?:am|Am)\b.{6,120}:
      | Le\s.{6,220}\sa\sécrit\s?: | El\s.{6,220}\sescribió\s?: | .{4,160}\sescribió\s(?:el|en)\s.{4,120}:
      | .{4,160}\sa\sécrit\s(?:le\s)?.{0,120}:
      | (?:在|于|於)?\s?.{4,160}(?:写道|寫道|写到|寫到|写信给我说)\s?[:：]
      | \d{4}[-/年].{4,160}<[^<>\s]{3,100}@[^<>\s]{3,100}>\s?[:：]?
      | .{2,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>\s(?:wrote|schrieb|escribió|a\sécrit)\s?:
    )\s*$""",
    re.X | re.I,
)
BEGINS_WROTE = re.compile(r"^(?:On|Am|Le|El|在|于|於)\s?.{4,}", re.I)

# A line that a program writes above the whole mail it answers or passes on.
DIVIDER = re.compile(
    r"""^[\s>]*(?:
        [-_—–]{2,}\s*(?:Original\s(?:Message|Mail|e-?mail)|Ursprüngliche\s(?:Nachricht|Mail|E-?Mail)|Originalnachricht
          |Mensaje\soriginal|Message\sd['’]origine|Courriel\soriginal|原始邮件|原始郵件|原邮件|回复的原邮件|原始信息|原始訊息)
          \s*[-_—–]{2,}
      | (?:-{3,}|_{20,}|={20,})\s*(?:原始邮件|原始郵件)\s*-*
    )\s*$""",
    re.X | re.I,
)
FORWARD = re.compile(
    r"""^[\s>]*(?:
        [-_—–]{2,}\s*(?:Forwarded\s(?:message|mail)|Weitergeleitete\s(?:Nachricht|Mail|E-?Mail)|Mensaje\sreenviado
          |Message\s(?:transféré|transmis)|转发的邮件|转发邮件|轉寄的郵件|轉寄郵件|转发邮件信息)\s*[-_—–]{2,}
      | Begin\sforwarded\smessage:|Anfang\sder\sweitergeleiteten\s(?:Nachricht|E-?Mail):|Inicio\sdel\smensaje\sreenviado:
      | Début\sdu\smessage\s(?:réexpédié|transféré)\s?:|下面是被转发的邮件[:：]|以下是轉寄的郵件[:：]
    )\s*$""",
    re.X | re.I,
)
# The block of headers that Outlook and others put above what they quote.
FIELD = re.compile(
    r"""^[\s>*]*(?:
        From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance
      | Von|Gesendet|Datum|An|Betreff|Antwort\san
      | De|Enviado(?:\s(?:el|por))?|Fecha|Para|CC|Asunto|Responder\sa
      | Envoyé(?:\s(?:le|par))?|À|A|Objet|Répondre\sà
      | 发件人|发送时间|发送日期|日期|收件人|抄送|主题|寄件者|寄件人|寄件日期|傳送時間|收件者|副本|主旨|主題
    )\s?\*{0,2}[:：]\*{0,2}\s?.{0,300}$""",
    re.X | re.I,
)
FIRST_FIELD = re.compile(r"^[\s>*]*(?:From|Von|De|发件人|寄件者|寄件人)\s?\*{0,2}[:：]", re.I)

DASHES = re.compile(r"^(?:-- ?|—|__|--- ?)$")
SENT_FROM = re.compile(
    r"""^(?:
        (?:Sent|Get|Written)\s(?:from|with|by|using|via)\s(?:my\s|a\s|an\s)?.{2,60}
      | (?:Von|Gesendet\svon|Gesendet\smit|Diese\sNachricht\swurde\svon)\s(?:meinem|meiner|unterwegs|mobil|der|Outlook|Yahoo|GMX|WEB).{0,80}
      | Enviado\s(?:desde|con|por)\s(?:mi\s|el\s)?.{2,60} | Envoyé\s(?:de|depuis|à\spartir\sde|avec)\s(?:mon\s|ma\s)?.{2,60}
      | (?:发自|來自|来自|發自|从).{0,30}(?:iPhone|iPad|手机|手機|邮箱|Mail|Android|华为|小米|Outlook).{0,20}
      | (?:获取|取得)\s?Outlook.{0,30}
    )$""",
    re.X | re.I,
)
CLOSING = re.compile(
    r"""^(?:
        (?:(?:kind(?:est)?|best|warm(?:est)?|with\s(?:kind|best|warm))\s)?regards | (?:best|all\sthe\sbest|best\swishes|many\sthanks|thanks|thank\syou|thx|cheers)
      | (?:thanks|thank\syou)(?:\s(?:again|so\smuch|very\smuch|a\slot|in\sadvance|and\s(?:best|kind)\sregards))+
      | (?:yours|your)\s(?:sincerely|faithfully|truly) | sincerely(?:\syours)? | respectfully(?:\syours)?
      | (?:mit\s)?(?:freundlichen?|besten?|herzlichen?|vielen|lieben?|schönen?)\s(?:grüßen?|grüssen?|gruß|gruss|dank)(?:\s(?:aus|und)\s.{2,40})?
      | (?:viele|liebe|beste|herzliche|schöne|freundliche)\sgrüß?s{0,2}e | grüße | gruß | mfg | lg | vg | hochachtungsvoll
      | (?:vielen\s|besten\s|herzlichen\s)?dank(?:\sim\svoraus)?(?:\sund\s(?:viele|beste|freundliche)\sgrüße)?
      | (?:un\s(?:cordial\s)?|muchos\s|reciban?\sun\s(?:cordial\s)?)?saludos?(?:\s(?:cordial(?:es)?|y\sgracias|atentos?))? | (?:muy\s)?atentamente
      | (?:muchas\s|mil\s)?gracias(?:\s(?:de\santemano|por\sadelantado|por\ssu\s(?:atención|tiempo|ayuda)))?(?:\sy\s(?:un\s)?saludos?)? | cordialmente | un\sabrazo
      | (?:bien\s)?cordialement | (?:bien\sà\svous|salutations(?:\sdistinguées)?|sincères\ssalutations|respectueusement|amicalement)
      | merci(?:\s(?:d['’]avance|beaucoup|par\savance|et\s(?:bonne\sjournée|cordialement)|pour\svotre\s(?:aide|attention|réponse)))? | bonne\s(?:journée|soirée)
      | (?:je\svous\sprie|veuillez)\s(?:d['’]agréer|agréer|recevoir).{0,120}
      | (?:此致|敬礼|敬禮|谢谢|謝謝|多谢|感谢|感謝|祝好|顺颂.{0,6}|順頌.{0,6}|此致敬礼|敬上|顺祝商祺|祝商祺|祝工作顺利|盼复|盼覆|谨上|謹上)
    )\s*[,，.。!！;~]*$""",
    re.X | re.I,
)
DISCLAIMER = re.compile(
    r"""^[\s*_]*(?:
        (?:this|the)\s(?:e-?mail|message|communication|information)\b.{0,80}\b(?:confidential|intended|privileged)
      | confidentiality\snotice | (?:disclaimer|legal\snotice)\s?:? | please\sconsider\sthe\senvironment
      | diese\s(?:e-?mail|nachricht)\b.{0,80}\b(?:vertraulich|bestimmt) | vertraulichkeitshinweis
      | este\s(?:correo|mensaje)\b.{0,80}\b(?:confidencial|destinatario) | aviso\s(?:legal|de\sconfidencialidad)
      | ce\s(?:courriel|message|mail)\b.{0,80}\b(?:confidentiel|destinataire) | avis\sde\sconfidentialité
      | (?:本|此)(?:邮件|郵件|电子邮件|電子郵件).{0,40}(?:保密|机密|機密|仅供|僅供) | 免责声明 | 免責聲明
    )""",
    re.X | re.I,
)
LIST_FOOTER = re.compile(
    r"mailing list|unsubscribe|abmelden|mailingliste|lista de correo|darse de baja|liste de diffusion|désabonner|退订|取消订阅|郵件列表|邮件列表",
    re.I,
)
