"""The words that say what a number is, in the six languages of the desk, by what they say.

A word that is also another word in one of the languages (sin, nas, nie, rib) counts in capitals alone,
or with what makes it a title of a number.
"""

from __future__ import annotations

PHONE = (
    r"tel(?:[ée]f?(?:on\w*|ono\w*)?|[ée]phon\w*)?\b\.?|phone|\bph\b\.?|\bmob(?:ile)?\b\.?|\bcell?(?:phone)?\b\.?|\bcall(?:ing|s)?\b|\bring\b|"
    r"\bte?xt(?:ing)?\b|\bwhats?(?:app?)?\b|\bwapp\b|\bwasap\b|\bwsp\b|\bsignal\b|\bsms\b|\bfax\b|\breach\b|\blandline|\bdial\b|\bcallback\b|\bubíque\w*|\bubique(?:me|nos)\b|\bcomun[íi]que\w*|"
    r"\bm[óo]vil|\bcelular|\bll[aá]m\w*|\bcontact\w*|\bcontato\b|\bfijo\b|\bfono\b|\btlfn?o?\b|\btfno\b|\btlf\b|\bmarcar\b|\bmarquen? (?:al|el)\b|"
    r"\bportable\b|\bjoindre\b|\bjoignable\b|\br?appele[rz]\b|\br?appel\b|\bfixe\b|\bgsm\b|\bnatel\b|"
    r"\bhandy\w*|rufnummer|durchwahl|\banruf\w*|\br[üu]ckruf\b|\berreich\w*|\bmobil(?:nummer)?\b|\bfestnetz\w*|\bmelden (?:bei|unter)\b|"
    r"\btelem[óo]vel|\btlm\b|\blig(?:ue|ar|uem)(?:-me)?\b|\bliga (?:no|pra|para|pro)\b|\b(?:bizum|yape|plin|nequi|daviplata|mb ?way|twint)\b|\bfalar com(?:igo)?\b|\bzap\b|\bfone\b|\bfixo\b|"
    r"电话|電話|座机|座機|固话|家电|手机|手機|手提|市话|市話|联系|聯絡|聯繫|致电|致電|微信|拨打|撥打|热线|短信|来电|來電|"
    r"打给|打給|打俾|打我|搵我|找我|电联|電聯|聯系"
)
# What may be a number of any kind, if nothing else is said.
NUMBER = (
    r"\bnumber is\b|my number\b|mi n[úu]mero|mon num(?:[ée]ro)?\b|meine nummer|meu n[úu]mero|号码是|號碼是"
)
ACCOUNT = (
    r"\baccounts?\b|\bacct?\b|\ba/c\b|\bacc\.? no|sort code|\brouting\b|\biban\b|\bswift\b|\bbsb\b|\bifsc\b|\bsavings\b|\bchecking\b|"
    r"\bcuenta(?! con\b| de que\b)|\bcta\b|\bahorros?\b|\bc\.?c\.?c\b|\bclabe\b|\bcbu\b|\bcvu\b|\bcci\b|"
    # What a town counts is no account.
    r"(?<!\bon )(?<!\bil )(?<!\belle )(?<!\bqui )(?<!\bville )(?<!commune )\bcompte(?! tenu\b| sur\b)|"
    r"(?-i:\bRIB\b|\bCCP\b)|\brib (?:est|:|n)|\blivret\b|"
    r"\bkonto\w*|\bkto\b|\bblz\b|bankleitzahl|bankverbindung|\bs/c\b|\bpostkonto|\bsparbuch\w*|"
    r"\bconta\b(?! com\b)|\bc/c\b|\bag[êe]ncia\b|\bnib\b|\bpix\b|\bpoupan[çc]a\b|"
    r"账号|賬號|賬户|賬戶|帳號|帐号|账户|帳戶|帐户|户口|戶口|开户|開戶|户名|戶名|户头|戶頭|存折|存摺|局號"
)
CARD = (
    r"\bcards?\b|\bvisa\b|\bmaster ?card\b|\bmaestro\b|\bamex\b|american express|\bdiners\b|\brupay\b|\bdebit\b|tarjeta|"
    r"\bcartes?\b|\bcb\b|karte\w*\b|girocard|cart[ãa]o|\belo\b|\bhipercard\b|银行卡|銀行卡|信用卡|储蓄卡|儲蓄卡|金融卡|提款卡|卡号|卡號|银联|銀聯|工行卡|建行卡|农行卡|中行卡|招行卡"
)
ID = (
    # English
    r"passports?\b|\bid\b|identity (?:card|number|no)|nat(?:ional|\.)? insurance|pension (?:no|number)|\bcrn\b|student (?:no|number)|\bnino\b|\bni (?:number|no)\b|"
    r"\bnhs\b|social security|\bssn\b|\bitin\b|(?-i:\bSIN\b)|\bsin (?:is|number|no|card)\b|social insurance|\bpps[n]?\b|"
    r"driv(?:ing|er['’]?s?) ?licen[cs]e|\blicen[cs]e (?:number|no|#)|(?-i:\bEHIC\b|\bIRD\b|\bCAF\b)|(?:hospital|patient|employee) (?:no|number|id)\b|tax (?:id|number|reference|file)|\butr\b|\btfn\b|\bird (?:number|no)|\bnhi\b|medicare|medicaid|"
    r"health (?:card|number)|\bohip\b|aadha?ar|\buidai\b|(?-i:\bPAN\b)(?=[ :]{1,2}\Z)|\bpan (?:card|number|no)\b|voter id|\bmbi\b|alien number|\ba-number\b|\buscis\b|green card|"
    # Spanish
    r"pasaporte|\bd\.?n\.?i\b|\bdocumento\b|extranjer[íi]a|(?-i:\bNIE\b)|\bnie (?:es|n|:)|\bn\.?i\.?f\b|c[ée]dula(?: de (?:ciudadan[íi]a|identidad|extranjer[íi]a))?|\bc\.c\.?|(?-i:\bCC\b)|\bcurp\b|\brfc\b|\bruc\b(?=\D{0,6}1)|(?-i:\bRUT\b|\bRUN\b|\bNSS\b|\bINE\b|\bCUI\b)|"
    r"\br\.u\.t\b|\bru[tn] (?:es|n|:)|\bmi ru[tn]\b|\bcuil\b|\bcuit\b|seguridad social|seg\.? social|\bnss\b|\bnuss\b|afiliaci[óo]n|afiliad[oa]\b|obra social|documento(?: nacional)? de identidad|"
    r"carn[eé]t? de (?:conducir|identidad)|licencia de conducir|permiso de conducir|tarjeta sanitaria|clave de elector|"
    # French
    r"passeport|carte (?:nationale )?d['’]identit[ée]|\bcni\b|(?-i:\bNIR\b|\bNAS\b|\bAVS\b|\bINSS\b|\bNISS\b)|\bnas (?:est|n|:)|s[ée]curit[ée] sociale|\bs[ée]cu\b|(?-i:\bSS\b)|titre de s[ée]jour|allocataire|"
    r"assurance[ -](?:maladie|sociale)|permis de conduire|carte vitale|num[ée]ro fiscal|r[ée]f[ée]rence fiscale|\bspi\b|num[ée]ro (?:d['’])?[ée]tranger|[ée]tudiante? n[°o.º]|registre national|num[ée]ro national|\bramq\b|\bmatricule\b|"
    # German
    r"reisepass\w*|\bpass(?:nummer|-?nr)\b|personalausweis\w*|\bperso\b|(?<!energie)(?<!park)ausweis\w*|\bsteuer-?(?:id|nr|nummer|identifikation\w*)|(?<!ust-)(?<!ust)\bid-?nr\b|\btin\b|"
    r"sozialvers\w*|aufenthaltstitel|rentenversicherung\w*|\brv-?n(?:umme)?r|\bsv-?n(?:umme)?r|versicherten-?n(?:umme)?r|versicherungs-?n(?:umme)?r|krankenversicher\w*|krankenkasse\w*(?: nr\b)?|(?:matrikel|patienten|personal)-?n(?:umme)?r|\bkv-?n(?:umme)?r|"
    r"f[üu]hrerschein\w*|f[üu]hrerausweis\w*|\bahv\b|\be-?card\b|gesundheitskarte|"
    # Portuguese
    r"passaporte|\bidentidade\b|\bt[íi]tulo (?:eleitoral|n)|cart[ãa]o (?:de |do )?cidad[ãa]o|\bbilhete de identidade|contribuinte|\bcpf\b|\brg\b(?=.{0,14}\Z)|\bcnh\b|\brne\b|\brnm\b|carta de condu[çc][ãa]o|\bniss\b|\butente\b|"
    r"(?-i:\bPIS\b|\bNIS\b|\bBI\b|\bSUS\b|\bCNS\b)|\b(?:[np]is|cns)\b(?=[ :]*\Z)|\bpasep\b|\bnit\b|t[íi]tulo de eleitor|\bt[íi]tulo(?=[ :]{1,2}\Z)|cart[ãa]o (?:do )?sus\b|carteira (?:de )?(?:identidade|trabalho)|seguran[çc]a social|"
    # Chinese
    r"护照|護照|身份号|军官证|士兵证|警官证|残疾证|残疾人证|学生证|工作证|老年证|医保|身份证|身份證|身分證|证件号|證件號|准考证|準考證|社保号|社保卡|社会保障|社會保障|保险号|健保卡|居留证|居留證|驾驶证|駕駛證|駕照|驾照|回乡证|回鄉證|通行证|通行證|台胞证|港澳居民|学号|工号|統一編號"
)
PLATE = (
    r"number ?plates?|licen[cs]e plates?|\bplates?\b|\bregs?\b|\breg(?:istration)? (?:no|number)\b|\bregistration\b|\brego\b|\btags?\b|matr[íi]culas?|\bpatentes?\b|"
    r"\bplacas?\b|\bdominio\b|\bimmat\w*|\bplaques?\b|\bplaqu[ée]e?s?\b|kennz(?:eichen|\b)|nummernschild\w*|autonummer|\bkontrollschild\w*|\bamtl\b|\bkz\b|\bkfz\b|"
    r"车牌|車牌|牌照|号牌|號牌|牌号|车号|車號|车牌号"
)
VEHICLE = (
    r"\bvan\b|\bcar\b|\bvehicle\b|\btruck\b|\blorry\b|\bute\b|\bcoche\b|\bauto\b|\bmoto(?:cicleta)?\b|furgoneta|\bcami[óo]n\b|\bcamioneta\b|\btaxi\b|"
    r"voiture|camionnette|\bcamion\b|\bv[ée]hicule\b|\bwagen\b|\bpkw\b|\blkw\b|\blieferwagen\b|\btransporter\b|\be-auto\b|\bcarro\b|carrinha|\bve[íi]culo|"
    r"\bcaminhonete\b|\bkombi\b|\blimousine\b|\bsuv\b|\bpick-?up\b|[车車]\s?\Z|\bbm\b|\bmerc\b|\bb[ae]{2}mer\b|\bbuga\b|\bbagnole\b|\bmerco\b|\bkarre\b|\bcarango\b|\bfusca\b|\bcelta\b|"
    # Makes and models, without those that are everyday words.
    r"\b(?:golf|polo|passat|clio|m[ée]gane|kangoo|twingo|corsa|astra|zafira|fiesta|ibiza|octavia|fabia|punto|berlingo|yaris|"
    r"corolla|civic|sandero|duster|onix|tesla|toyota|honda|ford|renault|peugeot|citro[ëe]n|audi|bmw|mercedes|vw|volkswagen|"
    r"[šs]koda|opel|vauxhall|dacia|nissan|hyundai|kia|fiat|volvo|mazda|suzuki|chevrolet|(?:range|land) rover|vespa|yamaha)\b|"
    r"\bmotorcycle\b|\bmotorbike\b|\bscooter\b|轿车|轎車|面包车|货车|貨車|機車|汽車|汽车|摩托车|電單車|私家車|私家车|的士|出租车|轎車|三轮车|越野车|奔驰|宝马|奥迪|大众|特斯拉|比亚迪|本田|丰田|别克"
)
# A part of each of those words, to see at once that a text has none of them.
VEHICLES = (
    "plate", "reg", "tag", "matr", "patent", "placa", "dominio", "immat", "plaq", "kennz", "nummernsch", "autonum", "kontrollsch", "amtl", "kz", "kfz", "van", "car", "vehic",
    "truck", "lorry", "ute", "coche", "auto", "moto", "furgo", "cami", "taxi", "voitu", "véhic", "wagen", "pkw", "lkw", "transporter", "veícu", "veicu", "scooter",
    "kombi", "limousine", "suv", "pickup", "pick-up", "golf", "polo", "passat", "clio", "megane", "mégane", "kangoo", "twingo", "corsa", "astra", "zafira", "fiesta", "ibiza", "octavia", "fabia", "punto", "berlingo",
    "yaris", "corolla", "civic", "sandero", "duster", "onix", "tesla", "toyota", "honda", "ford", "renault", "peugeot", "citro", "audi", "bmw", "mercedes", "vw", "dacia",
    "volksw", "merc", "bm ", "buga", "bagnole", "karre", "carango", "fusca", "celta", "skoda", "škoda", "opel", "vauxhall", "nissan", "hyundai", "kia", "fiat", "volvo", "mazda", "suzuki", "chevrolet", "rover", "vespa", "yamaha",
)  # fmt: skip
EASTERN_VEHICLES = (
    "牌",
    "车号",
    "車號",
    "车",
    "車",
    "的士",
    "奔驰",
    "宝马",
    "奥迪",
    "大众",
    "特斯拉",
    "比亚迪",
    "本田",
    "丰田",
    "别克",
)
COUNTS = (
    r"\s?(?:[%‰€$£¥]|eur\b|euros?\b|usd\b|gbp\b|chf\b|dollars?\b|pounds?\b|pesos\b|reais\b|francs?\b|franken\b|people|persons?\b|residents|inhabitants|habitants?|"
    r"habitantes?|personas|pessoas|personnes|menschen|einwohner\w*|leuten?\b|votes?\b|votos|voix|stimmen|signatures|firmas|assinaturas|unterschriften|kwh\b|mwh\b|km\b|kg\b|m[²³23]|"
    r"lit(?:er|re|ro)s?\b|tonnes?\b|tons?\b|toneladas|units\b|items\b|views\b|visitas|followers|steps\b|bytes?\b|hectares?\b|hect[áa]reas?\b|hektar\b|homes\b|households\b|viviendas|"
    r"logements|haushalte\b|supporters|元|万|萬|亿|億|人|户|戶|票|次|吨|噸|公里|平方|milli\w*|millon\w*|milh\w*)"
)
MONEY = r"[€$£¥]\s?$|\b(?:eur|usd|gbp|r\$|chf|aud|cad|us\$)\s?$"
# A reference of an office is no private number: nothing is won by hiding it, and people need it.
REFERENCE = (
    r"(?:\b(?:ref(?:erence)?|case|ticket|orders?|invoice|tracking|report|incident|complaint|docket|permit|petition|booking|reservation|parcel|claim|pcn|foi|serial|barcode|"
    r"build|version|stop code|(?:planning )?application|expedientes?|pedido|factura|incidencia|reclamaci[óo]n|radicado|folio|tr[áa]mite|solicitud|resoluci[óo]n|gu[íi]a|"
    r"dossier|commandes?|facture|r[ée]f|r[ée]clamation|colis|demande|signalement|affaire|pourvoi|permis|d[ée]lib[ée]ration|arr[êe]t[ée]|"
    r"aktenzeichen|gesch[äa]ftszeichen|az|bestell[\w-]*|auftrags?[\w-]*|sendung[\w-]*|rechnung[\w-]*|vorgang[\w-]*|meldungs?[\w-]*|antrags?[\w-]*|bauantrag|baugenehmigung|"
    # What counts water, current and gas, and who is a customer by which number.
    r"meter|mpan|mprn|contract|contador|medidor|cups|contrato|compteur|pdl|prm|pce|contrat|z[äa]hler[\w-]*|vertrags?[\w-]*|"
    # A customer alone may be said before a telephone number.
    r"customer (?:no|number|id)|(?:n[úu]mero|n[.º°o]{1,2}) de cliente|num[ée]ro (?:de )?client|kunden-?n(?:umme)?r|hidr[ôo]metro|instala[çc][ãa]o|"
    r"strichcode|gtin|codebarres|haushaltsstelle|imputation|dota[çc][ãa]o|partida|budget code|cost cent(?:er|re)|point de livraison|"
    # Firms and what they are registered under; parts of things.
    r"upc|uprn|usrn|error code|fehlercode|c[óo]digo de erro[r]?|code d'erreur|chave de acesso|(?-i:PC|DP|PD|CU|DIN|VDE|EN|ISO|IEC|NBR|UNE|NF|NOM|ASTM|CVE)|siret|siren|tva|ust-?id-?nr|ust-?idnr|ust-?id|vat|cif|cnpj|nipc|abn|hrb|hra|seriennummer|s[ée]rie|kostenstelle|"
    r"processo|encomenda|fatura|protocolo|ocorr[êe]ncia|requerimento|chamado|drucksache|vorlage|licitaci[óo]n|edital|alvar[áa]|isbn|issn|doi|ean|sku)\b\.?"
    r"|[电電水气氣][表錶]|[表錶]号|户号|戶號|客户号|客戶號|合同号|合約號|订单|訂單|工单|(?<![证件险保])编号|(?<![證件險保])編號|案号|案號|单号|單號|文号|受理号|许可证|产权证|房产证|土地证|使用权证|快递|運單|运单|信用代码)"
    # Letters and a small number may lead up to it, as on meters and parcels.
    r"(?:[\s:./-]{1,2}(?-i:(?!(?:INE|DN[IV]|NI[EFRS]|NISS|CPF|RUT|NSS|NHS|IBAN|TEL|SSN|SIN|RG|CNH|CURP|RFC|CUI[TL]|PPSN?|A[HV]V|AVS|PIS|CC|ID)\b)[A-Z]{1,4}\d{0,2}|\d{1,2}[A-Z]{0,4})(?=[\s/-])){0,3}"
    r"(?:[\s:：#.№ºn°o号/-]|number|nr|n[úu]m(?:ero)?|id\b|code\b|is\b|est\b|ist\b|es\b){0,8}$"
)
