"""Sentences in six languages with numbers that name somebody, and sentences whose numbers name nobody.

Written for this project. Telephone numbers come from the number plans of `phonenumbers`, check digits from
`python-stdnum`: both are other people's knowledge, so a mistake of ours shows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import iban as iban_number
from stdnum import luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.mx import curp
from stdnum.pt import nif

Labelled = dict[str, object]  # lang, text, spans: [[start, end, kind]]

REGIONS = {
    "en": ("GB", "US", "IE", "AU", "CA"),
    "zh": ("CN", "CN", "TW", "HK"),
    "es": ("ES", "MX", "AR", "CO", "ES"),
    "fr": ("FR", "FR", "BE", "CH"),
    "de": ("DE", "AT", "DE", "CH"),
    "pt": ("PT", "BR", "BR"),
}
SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "phone": (
            "Nobody came. Call me on {} before six.",
            "my mobile is {}, water is still brown",
            "Ring {} and ask for the caretaker",
            "If you find the grey cat please text {}",
            "Old Tom (phone {}) has no heating",
        ),
        "email": (
            "Please write to {} about the bins.",
            "Contact: {}",
            "my mail {} got no answer",
            "Send the photos to {}, thanks",
        ),
        "id": (
            "My National Insurance number is {}.",
            "they asked for my id number {} twice",
            "NHS number {} was printed on the letter",
            "passport number {} lost near the pool",
        ),
        "account": (
            "Refund it to my account number {} please.",
            "Why is IBAN {} shown to everybody?",
            "sort code and account {} were on the notice",
        ),
        "card": ("The meter charged my card {} twice.", "card number {} was read out aloud"),
        "plate": (
            "A white van, reg {}, dumps rubbish here.",
            "Number plate {} blocks the ramp again",
            "car {} parked on the pavement",
        ),
        "mention": ("{} your buses are late again", "thanks {} for clearing the snow"),
        "address": ("I live at {}, and the tap is dry.", "Leak in front of {} since Monday"),
    },
    "zh": {
        "phone": (
            "一直没人来，请打我电话{}。",
            "我的手机是{}，水还是黄的",
            "联系人王师傅{}",
            "有看到小猫的请联系{}，谢谢",
            "物业说打{}也没人接",
        ),
        "email": ("请把结果发到{}。", "我的邮箱{}没收到回复", "材料发{}即可"),
        "id": ("我的身份证号是{}，登记错了。", "公示里竟然有身份证{}", "身份证号{}被贴在门口"),
        "account": ("请退到我的账号{}。", "开户账号{}写错了", "工资卡账户{}一直没到账"),
        "card": ("我的银行卡{}被扣了两次。", "卡号{}贴在公告栏上"),
        "plate": ("车牌{}天天堵住消防通道。", "一辆货车{}半夜倒垃圾", "{}占了盲道"),
        "mention": ("{} 你们的公交又晚点了", "谢谢 {} 清雪"),
        "address": ("我家住{}，停水三天了。", "{}门口一直漏水"),
    },
    "es": {
        "phone": (
            "No viene nadie. Llámenme al {} antes de las seis.",
            "mi móvil es {}, el agua sigue marrón",
            "Teléfono de contacto: {}",
            "si ven al gato gris avisen al {}",
            "pregunten por Ana, tel. {}",
        ),
        "email": ("Escriban a {} por favor.", "mi correo {} sigue sin respuesta", "Manden las fotos a {}"),
        "id": (
            "Mi DNI es {} y está mal escrito.",
            "me pidieron el documento {} dos veces",
            "publicaron mi DNI {} en el tablón",
        ),
        "account": ("Devuélvanlo a mi cuenta {} por favor.", "¿Por qué se ve el IBAN {} en la web?"),
        "card": ("Me cobraron dos veces en la tarjeta {}.", "la tarjeta {} quedó a la vista"),
        "plate": ("Una furgoneta con matrícula {} tira basura aquí.", "el coche {} bloquea la rampa"),
        "mention": ("{} los autobuses llegan tarde otra vez", "gracias {} por limpiar la plaza"),
        "address": ("Vivo en {}, y no hay agua.", "Fuga delante de {} desde el lunes"),
    },
    "fr": {
        "phone": (
            "Personne n'est venu. Appelez-moi au {} avant six heures.",
            "mon portable : {}, l'eau est toujours marron",
            "Tél. {} pour joindre le gardien",
            "si vous voyez le chat gris, appelez le {}",
            "on peut me joindre au {} le soir",
        ),
        "email": (
            "Écrivez à {} s'il vous plaît.",
            "mon adresse {} reste sans réponse",
            "Envoyez les photos à {}",
        ),
        "id": (
            "Mon numéro de sécurité sociale {} est affiché.",
            "ils ont noté le numéro de sécurité sociale {} sur le mur",
            "passeport {} perdu à la piscine",
        ),
        "account": ("Remboursez sur mon compte {} merci.", "Pourquoi l'IBAN {} est-il visible ?"),
        "card": ("On a débité ma carte bancaire {} deux fois.", "la carte bancaire {} était lisible"),
        "plate": ("Une camionnette immatriculée {} jette des ordures.", "la voiture {} bloque la rampe"),
        "mention": ("{} vos bus sont encore en retard", "merci {} pour la neige"),
        "address": ("J'habite {}, et il n'y a plus d'eau.", "Fuite devant le {} depuis lundi"),
    },
    "de": {
        "phone": (
            "Niemand kam. Rufen Sie mich unter {} an.",
            "meine Handynummer ist {}, das Wasser ist noch braun",
            "Tel. {} (Hausmeister)",
            "wer die graue Katze sieht: Anruf an {}",
            "abends erreichbar: {}",
        ),
        "email": ("Bitte schreiben Sie an {}.", "meine Adresse {} bekam keine Antwort", "Fotos bitte an {}"),
        "id": (
            "Meine Steuer-ID {} stand auf dem Aushang.",
            "die Steuernummer {} wurde laut vorgelesen",
            "Reisepass {} im Bad verloren",
        ),
        "account": ("Bitte auf mein Konto {} erstatten.", "Warum ist die IBAN {} sichtbar?"),
        "card": ("Meine Kreditkarte {} wurde zweimal belastet.", "Kartennummer {} war lesbar"),
        "plate": ("Ein Lieferwagen mit Kennzeichen {} lädt Müll ab.", "der Wagen {} blockiert die Rampe"),
        "mention": ("{} eure Busse sind wieder zu spät", "danke {} fürs Räumen"),
        "address": ("Ich wohne {}, und es kommt kein Wasser.", "Rohrbruch vor {} seit Montag"),
    },
    "pt": {
        "phone": (
            "Ninguém veio. Liguem para {} antes das seis.",
            "o meu telemóvel é {}, a água continua castanha",
            "Contacto: {}",
            "quem vir o gato cinzento ligue {}",
            "meu celular {} não recebeu resposta",
        ),
        "email": (
            "Escrevam para {} por favor.",
            "o meu correio {} ficou sem resposta",
            "Mandem as fotos para {}",
        ),
        "id": (
            "Meu CPF é {} e está errado no cartaz.",
            "publicaram o CPF {} no mural",
            "o contribuinte {} ficou à vista",
        ),
        "account": ("Devolvam para a minha conta {} por favor.", "Por que o IBAN {} aparece no site?"),
        "card": ("Cobraram duas vezes no cartão de crédito {}.", "o cartão de crédito {} ficou à vista"),
        "plate": ("Uma carrinha com matrícula {} deita lixo aqui.", "o carro {} bloqueia a rampa"),
        "mention": ("{} os autocarros atrasaram outra vez", "obrigado {} pela limpeza"),
        "address": ("Moro na {}, e não há água.", "Fuga em frente à {} desde segunda"),
    },
}
# Numbers that name nobody: a desk that hides them hides the matter.
NOBODY: dict[str, tuple[str, ...]] = {
    "en": (
        "Bus 42 left at 07:15 and came back at 19:40.", "Budget: £1,234,567.89 for 2026-2027, up 3.5%.", "On 26/11/2026 between 8 and 10 no water.", "Call 112 or 999 in danger.", "Ref. 2026-004517 was closed without a word.",
        "It was 4-3 at half time, 21,345 people came.", "ISBN 978-3-16-148410-0 is out of print.", "The road A1234 is shut from km 12 to km 17.", "Order 4820011733 never came.", "51.5074, -0.1278 is where the pipe burst.",
        "Version 3.11.7 works, 3.12.0 does not.", "15 minutes on hold, 26 people in the queue.", "Rooms 101, 102 and 103 are cold.", "Rainfall 1200 mm in 365 days, 10000 sandbags.", "Freephone 0800 123 4567 is always busy.",
        "page 12345678 not found, error 500", "Votes: 12 345 678 for, 9 876 543 against.", "1 January 2026 to 31 December 2026", "See https://news.example/2026/11/26/4111111111111111", "Tickets 5 for 20, open 10-18 on 24.12.2026.",
        "COVID-19 cases: 1,204 on Monday, 1,377 on Tuesday.", "The meter shows 004512 kWh, last year 003977.", "FM 101.2 said the A-level results come on 14-08-2026.", "2026 BBC 2500 KWH", "Platform 9, carriage 3, seat 45A",
    ),
    "zh": (
        "42路公交车7:15开，19:40才回来。", "预算1234567.89元，比2025年增长3.5%。", "2026年11月26日8点到10点停水。", "有危险请打110或12345。", "工单20260045170001没有说法就关闭了。",
        "3号线12号台风期间停运", "共有21345人参加，比分4比3。", "水位23.45米，降雨1200毫米。", "京政发〔2026〕15号文件", "编号：GB18030-2022",
        "中山路12路公交停运", "全市1234567户，停电10000户", "2025-2026学年第1学期", "第3期第15页", "101、102、103教室很冷",
    ),
    "es": (
        "El bus 42 salió a las 07:15 y volvió a las 19:40.", "Presupuesto: 1.234.567,89 € para 2026-2027, un 3,5% más.", "El 26/11/2026 de 8 a 10 no hay agua.", "Llamen al 112 si hay peligro.", "Expediente 2026/004517 cerrado sin respuesta.",
        "Ganaron 4-3 ante 21.345 personas.", "Lluvia de 1200 mm en 365 días.", "La carretera A-1234 está cortada del km 12 al 17.", "Aulas 101, 102 y 103 sin calefacción.", "Votos: 12.345.678 a favor.",
        "El 900 123 456 es gratuito y no responde nadie.", "12 345 678 habitantes en la región", "del 1 de enero de 2026 al 31 de diciembre de 2026", "Pedido 4820011733 sin entregar", "Plaza 24 de Mayo, 15:30 horas",
    ),
    "fr": (
        "Le bus 42 est parti à 07:15 et rentré à 19h40.", "Budget : 1 234 567,89 € pour 2026-2027, soit 3,5 % de plus.", "Le 26/11/2026 de 8 h à 10 h, pas d'eau.", "Appelez le 112 ou le 18.", "Dossier 2026-004517 classé sans réponse.",
        "Victoire 4-3 devant 21 345 personnes.", "Pluie : 1200 mm en 365 jours.", "La route D1234 est coupée du km 12 au km 17.", "Salles 101, 102 et 103 sans chauffage.", "12 345 678 habitants dans la région",
        "du 1er janvier 2026 au 31 décembre 2026", "Le 0 800 123 456 est gratuit et sonne occupé.", "Commande 4820011733 jamais livrée", "Ligne 14, quai 2, voiture 8", "15 minutes d'attente, 26 personnes",
    ),
    "de": (
        "Bus 42 fuhr um 07:15 und kam um 19:40 zurück.", "Haushalt: 1.234.567,89 € für 2026-2027, plus 3,5 %.", "Am 26.11.2026 von 8 bis 10 Uhr kein Wasser.", "Im Notfall 112 wählen.", "Aktenzeichen 2026-004517 ohne Antwort geschlossen.",
        "Endstand 4:3 vor 21.345 Leuten.", "Regen: 1200 mm in 365 Tagen.", "Die B 1234 ist von km 12 bis km 17 gesperrt.", "Räume 101, 102 und 103 sind kalt.", "12.345.678 Einwohner im Land",
        "vom 1. Januar 2026 bis 31. Dezember 2026", "Die 0800 1234567 ist kostenlos und immer besetzt.", "Bestellung 4820011733 kam nie an", "Gleis 9, Wagen 3, Platz 45", "auf Platz 3 von 26",
    ),
    "pt": (
        "O autocarro 42 saiu às 07:15 e voltou às 19:40.", "Orçamento: R$ 1.234.567,89 para 2026-2027, mais 3,5%.", "Em 26/11/2026 das 8 às 10 não há água.", "Ligue 112 ou 190 em perigo.", "Processo 2026/004517 fechado sem resposta.",
        "Vitória por 4-3 diante de 21.345 pessoas.", "Chuva de 1200 mm em 365 dias.", "A estrada EN 1234 está cortada do km 12 ao 17.", "Salas 101, 102 e 103 sem aquecimento.", "12.345.678 habitantes na região",
        "de 1 de janeiro de 2026 a 31 de dezembro de 2026", "O 800 123 456 é grátis e ninguém atende.", "Encomenda 4820011733 nunca chegou", "Linha 3, carruagem 8, lugar 45", "15 minutos de espera, 26 pessoas",
    ),
}  # fmt: skip
HANDLES = ("@maren_k", "@old.stan", "@小红薯77", "@ana@social.example", "@joaquim99", "＠李雷")
LOCALS = ("maren.kay", "j_smith77", "ana-lopez", "li.lei", "u.meyer+post", "o'neil")
DOMAINS = ("post.example", "mail.example.org", "web-mail.example.com.br", "qq.example.cn")


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def phone(rng: random.Random, lang: str) -> str:
    """A valid number of one of the language's countries, written in one of the usual ways."""
    region = rng.choice(REGIONS[lang])
    kind = rng.choice((PhoneNumberType.MOBILE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE))
    example = phonenumbers.example_number_for_type(region, kind)
    for _ in range(400):
        national = str(example.national_number)
        tried = phonenumbers.PhoneNumber(
            example.country_code,
            int(national[:-5] + _digits(rng, 5)),
            italian_leading_zero=example.italian_leading_zero,
        )
        if phonenumbers.is_valid_number_for_region(tried, region):
            break
    else:
        tried = example
    form = rng.choice(
        (
            PhoneNumberFormat.INTERNATIONAL,
            PhoneNumberFormat.NATIONAL,
            PhoneNumberFormat.NATIONAL,
            PhoneNumberFormat.E164,
        )
    )
    return phonenumbers.format_number(tried, form)


def identity(rng: random.Random, lang: str) -> str:
    """A valid identity number of one of the language's countries."""
    return rng.choice(list(IDENTITIES[lang]))(rng)


def _drawn(rng: random.Random, length: int, valid: Callable[[str], bool], before: str = "") -> str:
    while True:
        number = before + _digits(rng, length)
        if valid(number):
            return number


def _born(rng: random.Random) -> str:
    return f"{rng.randint(40, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


def _chinese(rng: random.Random) -> str:
    body = rng.choice(("110105", "440304", "420106", "310115")) + "19" + _born(rng) + _digits(rng, 3)
    return body + ric.calc_check_digit(body + "0")


def _dni(rng: random.Random) -> str:
    number = _digits(rng, 8)
    return number + dni.calc_check_digit(number)


def _nie(rng: random.Random) -> str:
    number = rng.choice("XYZ") + _digits(rng, 7)
    return number + nie.calc_check_digit(number)


def _curp(rng: random.Random) -> str:
    number = "LOPA" + _born(rng) + rng.choice("HM") + "DFRRN0"
    return number + curp.calc_check_digit(number)


def _nir(rng: random.Random) -> str:
    body = f"{rng.choice('12')}{_born(rng)[:4]}{rng.randint(1, 95):02}{rng.randint(1, 990):03}{rng.randint(1, 999):03}"
    number = body + nir.calc_check_digits(body)
    return rng.choice((number, nir.format(number)))


def _french_passport(rng: random.Random) -> str:
    return _digits(rng, 2) + rng.choice(("AB", "CD", "FH")) + _digits(rng, 5)


def _steuer_id(rng: random.Random) -> str:
    number = ""
    while not idnr.is_valid(number):
        body = rng.choice("123456789") + _digits(rng, 9)
        number = body + str(_mod_11_10(body))
    return rng.choice((number, idnr.format(number)))


def _cpf(rng: random.Random) -> str:
    number = _drawn(rng, 11, cpf.is_valid)
    return rng.choice((number, cpf.format(number)))


IDENTITIES: dict[str, tuple[Callable[[random.Random], str], ...]] = {
    "zh": (_chinese,),
    "es": (_dni, _nie, _curp),
    "fr": (_nir, _french_passport),
    "de": (_steuer_id,),
    "pt": (_cpf, lambda rng: _drawn(rng, 8, nif.is_valid, rng.choice("12"))),
    "en": (
        lambda rng: nhs.format(_drawn(rng, 10, nhs.is_valid)),
        lambda rng: f"AB{_digits(rng, 2)} {_digits(rng, 2)} {_digits(rng, 2)} C",
        lambda rng: f"JK{_digits(rng, 6)}D",
        lambda rng: f"{rng.randint(100, 665)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}",
        lambda rng: _digits(rng, 9),
    ),
}


def _mod_11_10(body: str) -> int:
    from stdnum.iso7064 import mod_11_10

    return int(mod_11_10.calc_check_digit(body))


def account(rng: random.Random, lang: str) -> str:
    """An account as the country writes it, IBANs with their check digits."""
    if lang == "zh":
        return rng.choice(("6222", "6217", "9558")) + _digits(rng, rng.choice((12, 15)))
    country, length = {
        "en": ("GB", 18),
        "es": ("ES", 20),
        "fr": ("FR", 23),
        "de": ("DE", 18),
        "pt": ("PT", 21),
    }[lang]
    body = (rng.choice(("BARC", "NWBK")) if country == "GB" else "") + _digits(
        rng, length - (4 if country == "GB" else 0)
    )
    from stdnum.iso7064 import mod_97_10

    number = country + mod_97_10.calc_check_digits(body + country) + body
    assert iban_number.is_valid(number, check_country=False)
    return rng.choice((number, iban_number.format(number)))


def card(rng: random.Random, lang: str) -> str:
    """A payment card by Luhn, in groups or in one piece."""
    body = rng.choice(("4", "51", "55", "2720")) if lang != "zh" else rng.choice(("62", "6217", "4"))
    body += _digits(rng, 15 - len(body))
    number = body + luhn.calc_check_digit(body)
    return rng.choice(
        (
            number,
            " ".join(number[i : i + 4] for i in range(0, 16, 4)),
            "-".join(number[i : i + 4] for i in range(0, 16, 4)),
        )
    )


def plate(rng: random.Random, lang: str) -> str:
    """A number plate in the country's present form."""
    consonants, letters = "BCDFGHJKLMNPRSTVWXZ", "ABCDEFGHJKLMNPRSTVWXYZ"

    def some(alphabet: str, count: int) -> str:
        return "".join(rng.choices(alphabet, k=count))

    if lang == "zh":
        return (
            rng.choice("京沪粤鄂湘浙苏川")
            + rng.choice("ABCDE")
            + rng.choice(
                (
                    some("ABCDE0123456789", 4) + some("0123456789", 1),
                    "D" + some("0123456789", 5),
                    "·" + some("0123456789", 5),
                )
            )
        )
    if lang == "es":
        return _digits(rng, 4) + rng.choice(("", " ", "-")) + some(consonants, 3)
    if lang == "fr":
        return f"{some('ABCDEFGHJKLMNPQRSTVWXYZ', 2)}-{_digits(rng, 3)}-{some('ABCDEFGHJKLMNPQRSTVWXYZ', 2)}"
    if lang == "de":
        return f"{rng.choice(('B', 'MZ', 'HH', 'KÖL', 'M'))}-{some(letters, rng.choice((1, 2)))} {rng.randint(10, 9999)}"
    if lang == "pt":
        return rng.choice(
            (
                f"{some(letters, 2)}-{_digits(rng, 2)}-{some(letters, 2)}",
                f"{some(letters, 3)}{_digits(rng, 1)}{some(letters, 1)}{_digits(rng, 2)}",
                f"{_digits(rng, 2)}-{some(letters, 2)}-{_digits(rng, 2)}",
            )
        )
    return f"{some('ABCDEFGHJKLMNOPRSTUVWXY', 2)}{rng.randint(51, 75)}{rng.choice((' ', ''))}{some('ABCDEFGHJKLMNOPRSTUVWXYZ', 3)}"


def address(rng: random.Random, lang: str) -> tuple[str, str]:
    """(a home as it is written, the part of it that names the household: all of it where a flat is named)."""
    number = str(rng.randint(1, 199))
    if lang == "zh":
        road, part = rng.choice(
            (
                ("中山路", f"{number}号"),
                ("", f"幸福小区{number}栋2单元{number}01室"),
                ("和平街", f"{number}号院3号楼"),
            )
        )
        return road + part, part
    if lang == "en":
        street, part = rng.choice(
            (
                (" Mill Lane", number),
                ("", f"Flat 2, {number} Saltgate Road"),
                (" Old Chapel Street", f"{number}b"),
            )
        )
        return part + street, part
    if lang == "fr":
        street, part = rng.choice(
            (
                ("rue de la Paix", number),
                ("avenue des Tilleuls", f"{number} bis"),
                ("place du Marché", number),
            )
        )
        return f"{part} {street}", part
    street, part = rng.choice(
        {
            "es": (
                ("Calle Mayor", number),
                ("", f"Avenida de la Constitución, {number}, 3º B"),
                ("C/ Molino", f"nº {number}"),
            ),
            "de": (("Mühlenweg", number), ("Bahnhofstraße", f"{number}a"), ("Goethestr.", number)),
            "pt": (
                ("Rua das Flores", number),
                ("Avenida da Liberdade", f"n.º {number}"),
                ("Travessa do Moinho", number),
            ),
        }[lang]
    )
    between = "" if not street else " " if lang == "de" else ", "
    return street + between + part, part


def people(seed: int, each: int = 4) -> Iterator[Labelled]:
    """Every sentence of SAID `each` times with fresh numbers, then every sentence of NOBODY."""
    rng = random.Random(seed)
    for lang, kinds in SAID.items():
        for kind, sentences in kinds.items():
            for sentence in sentences * each:
                yield _filled(rng, lang, kind, sentence)
    for lang, plain in NOBODY.items():
        for text in plain:
            yield {"lang": lang, "text": text, "spans": []}


def _filled(rng: random.Random, lang: str, kind: str, sentence: str) -> Labelled:
    if kind == "address":
        said, part = address(rng, lang)
        text = sentence.format(said)
        start = text.index(said) + said.index(part)
        return {"lang": lang, "text": text, "spans": [[start, start + len(part), kind]]}
    said = {
        "phone": phone, "id": identity, "account": account, "card": card, "plate": plate,
        "email": lambda rng, _: f"{rng.choice(LOCALS)}@{rng.choice(DOMAINS)}", "mention": lambda rng, _: rng.choice(HANDLES),
    }[kind](rng, lang)  # fmt: skip
    text = sentence.format(said)
    start = text.index(said)
    return {"lang": lang, "text": text, "spans": [[start, start + len(said), kind]]}
