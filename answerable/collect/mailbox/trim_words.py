"""How people and their programs end what they say, and how programs announce what they quote.

English, Chinese (both scripts), Spanish, French and German; each form as mail programs really write it.
"""

from __future__ import annotations

import re

# "On … wrote:", on one line or, wrapped, on up to three that the caller joined.
WROTE = re.compile(
    r"""^(?:
        On\s.{6,220}\swrote\s?: | .{2,160}\swrote\son\s.{6,120}: | Am\s.{6,220}\s(?:schrieb|hat)\b.{0,120}: | .{4,160}\sschrieb\s(?:am|Am)\b.{6,120}:
      | Le\s.{6,220}\sa\sécrit\s?: | El\s.{6,220}\sescribió\s?: | .{4,160}\sescribió\s(?:el|en)\s.{4,120}:
      | .{4,160}\sa\sécrit\s(?:le\s)?.{0,120}:
      | (?:在|于|於)?\s?.{4,160}(?:写道|寫道|写到|寫到|写信给我说)\s?[:：]
      | \d{4}[-/年].{4,160}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]?
      | .{2,120}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s(?:wrote|schrieb|escribió|a\sécrit)\s?:
    )\s*$""",
    re.X | re.I,
)
BEGINS_WROTE = re.compile(r"^(?:On|Am|Le|El|在|于|於)\s?.{4,}", re.I)

# A line that a program writes above the whole mail it answers or passes on.
DIVIDER = re.compile(
    r"""^[\s>]*(?:
        [-_—–]{2,}\s*(?:Original\s(?:Message|Mail|e-?mail)|Ursprüngliche\s(?:Nachricht|Mail|E-?Mail)|Originalnachricht
          |Mensaje\soriginal|Correo\soriginal|Message\sd['’]origine|(?:Courriel|Mail|Message)\soriginal|原始邮件|原始郵件|原邮件|邮件原件|郵件原件|回复的原邮件|原始信息|原始訊息)
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
FIRST_FIELD = re.compile(
    r"^[\s>*]*(?:From|Sent|Date|Von|Gesendet|Datum|De|Enviado|Fecha|Envoyé|发件人|发送时间|寄件者|寄件人)\s?\*{0,2}[:：]",
    re.I,
)

DASHES = re.compile(r"^(?:-{2,3}|—|_{2,5})[ \xa0]?$")
SENT_FROM = re.compile(
    r"""^(?:
        Sent\s(?:from|with|by|using|via)\s(?:my|a|an|the)\s.{2,40} | Get\sOutlook\sfor\s.{2,30}
      | Sent\s(?:from|with|using|via)\s(?:Outlook|Yahoo|Gmail|Proton|Mail|Samsung|AOL|BlackBerry|Windows|Android|iPhone|iPad|Galaxy|Spark).{0,40}
      | Von\s.{2,40}\sgesendet | (?:Diese\s(?:Nachricht|E-?Mail)\swurde\s)?Gesendet\s(?:von|mit)\s.{2,60} | Outlook\sfür\s.{2,30}
      | Enviado\s(?:desde|con|por|do)\s(?:mi\s|el\s|meu\s)?.{2,60} | Envoyé\s(?:de|depuis|à\spartir\sde|avec)\s(?:mon\s|ma\s)?.{2,60}
      | (?:发自|來自|来自|發自|从).{0,30}(?:iPhone|iPad|手机|手機|邮箱|Mail|Android|华为|小米|Outlook).{0,20}
      | (?:获取|取得)\s?Outlook.{0,30} | (?:Obtener|Télécharger|Obtenez)\sOutlook\s(?:para|pour)\s.{2,30}
    )\.?$""",
    re.X | re.I,
)
CLOSING = re.compile(
    r"""^(?:
        (?:(?:kind(?:est)?|best|warm(?:est)?|with\s(?:kind|best|warm))\s)?regards | (?:best|all\sthe\sbest|best\swishes|many\sthanks|thanks|thank\syou|thx|cheers)
      | (?:thanks|thank\syou)(?:\s(?:again|so\smuch|very\smuch|a\slot|in\sadvance|and\s(?:best|kind)\sregards|for\syour\s(?:help|time|attention|support)))+
      | yours(?:\s(?:sincerely|faithfully|truly|respectfully))? | (?:sincerely|faithfully|truly)\syours | br | rgds | sincerely(?:\syours)? | respectfully(?:\syours)?
      | (?:mit\s)?(?:freundliche[nmr]?|beste[nmr]?|herzliche[nmr]?|vielen|liebe[nmr]?|schöne[nmr]?)\s(?:grüßen?|grüssen?|gruß|gruss|dank)(?:\s(?:aus|und|von)\s.{2,40})?
      | (?:viele|liebe|beste|herzliche|schöne|freundliche)\sgrüß?s{0,2}e | (?:viele|liebe|beste|herzliche|schöne|freundliche)\sgrüße\s(?:aus|von)\s.{2,40} | grüße | gruß | herzlichst | mfg | lg | vg | hochachtungsvoll
      | (?:vielen\s|besten\s|herzlichen\s)?dank(?:\sim\svoraus)?(?:\sund\s(?:viele|beste|freundliche)\sgrüße)?
      | (?:un\s(?:cordial\s)?|muchos\s|reciban?\sun\s(?:cordial\s)?)?saludos?(?:\s(?:cordial(?:es)?|y\sgracias|atentos?))? | (?:(?:les?|la)\ssaludan?\s)?(?:muy\s)?atentamente
      | (?:muchas\s|mil\s)?gracias(?:\s(?:de\santemano|por\sadelantado|por\ssu\s(?:atención|tiempo|ayuda)))?(?:\sy\s(?:un\s)?saludos?)? | cordialmente | un\sabrazo
      | (?:bien\s)?cordialement | (?:bien\sà\svous|salutations(?:\sdistinguées)?|(?:sincères|meilleures)\ssalutations|cdt|respectueusement|amicalement)
      | merci(?:\s(?:d['’]avance|beaucoup|par\savance|et\s(?:bonne\sjournée|cordialement)|pour\svotre\s(?:aide|attention|réponse)))? | (?:bonne|belle|excellente)\s(?:journée|soirée|semaine)
      | (?:je\svous\sprie|veuillez)\s(?:d['’]agréer|agréer|recevoir).{0,120}
      | (?:此致|敬礼|敬禮|(?:谢谢|謝謝|多谢|感谢|感謝)(?:您|你|你们|您的(?:帮助|关注)|各位)?|祝\s?好|祝(?:您|你|你们)?.{1,8}(?:顺利|愉快|健康|安康)|顺颂.{0,6}|順頌.{0,6}|此致敬礼|敬上|顺祝商祺|祝商祺|商祺|此祝|祝|祝工作顺利|盼复|盼覆|谨上|謹上)
    )\s*[,，.。!！;~]*$""",
    re.X | re.I,
)
# These alone may stand before a name without a comma; after the others a sentence could go on.
BARE_CLOSING = re.compile(
    r"^(?:lg|vg|mfg|gruß|grüße|(?:viele|liebe|beste|herzliche)\sgrüße|(?:kind\s|best\s)?regards|cheers|saludos|cordialement)$",
    re.I,
)
NAME = re.compile(r"^(?:[^\W\d_a-zß-ÿ][\w.'’-]{0,24}(?:\s|$)){1,3}$")
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
