"""Forms of numbers by class, for tests: # stands for any digit, % for one that is no nought."""

PHONES = (
    # With a plus, in brackets, with two noughts
    "+44 7700 9####", "+44 (0)20 7946 ####", "0044 7700 9## ###", "(+34) 612 ### ###", "(+33) 6 ## ## ## ##", "00 33 6 ## ## ## ##", "(+351) 912 ### ###",
    "+1-555-%##-####", "+1 (347) 555-####", "001-234-567-####", "+52 1 55 1### ####", "+54 9 11 4###-####", "+55 (11) 9####-####", "+91-98765-#####", "+86 138 #### ####",
    "852-9#######", "+352 621 ### ###", "+41 (0)79 ### ## ##", "+32 475 ## ## ##", "+49 (0)89 %#####-##", "+43 664 ### ## ##", "+61 412 ### ###",
    # At home
    "07700 9#####", "020 7946 ####", "(212)555-####", "212-555-####", "0412 ### ###", "(03) 9### ####", "98765 #####", "138########", "138-####-####", "0755-26######", "0755—26######",
    "612 ## ## ##", "6 88 ## ## ##", "612.###.##%", "93-4##-##-##", "(55) 1### ####", "33-36##-####", "604 %## ## ##", "310 %## ####", "9 8### ####", "(2) 29## ####",
    "06 9# ## ## ##", "06.9#.##.##.##", "0475/##.##.##", "079/### ## ##", "514-555-####", "0171 %######", "030/%### ####", "(02 31) 4 ## ## ##", "0676/%######",
    "912 ### ###", "(11) 98###-####", "11 98###-####", "1198#######", "0 15 31 3###-####", "(0xx11) 3###-####", "(11) 3###.####", "11.98###.####",
)  # fmt: skip
EXTENSIONS = (
    " ext #", " ext. #", ", ext #", "x#", " x#", " poste #", ", poste #", " anexo #", " ramal #", " interno #", " int. #", " Durchwahl #", " DW #", " extensión #", "转#", "轉#", "转分机#", " 分機 #",
)  # fmt: skip
REFERENCES = (
    "invoice", "contract", "meter", "Case No.", "Colis 6A", "Zählernummer 1 ESY", "permis PC", "imputation", "Haushaltsstelle", "dotação", "partida", "point de livraison", "Strichcode", "UPC",
    "SIRET", "SIREN", "USt-IdNr. DE", "CNPJ", "n° de série", "Seriennummer", "chave de acesso", "cost centre", "合同编号", "工单", "户号", "Vorgangsnr. ST/",
)  # fmt: skip
FIRMS = (
    "76.%##.###-#", "SIRET 482 177 033 #####", "USt-IdNr. DE %########", "30-7#######-#", "900.123.###-#", "HRB %####", "USRN 20602###", "PAN error 4471-##", "RG 24/00447, minute 1%#/2024", "Energieausweis NW-2024-00######", "06414###-13#####", "BIC nº RI-51-000####", "NIPC 5########",
)  # fmt: skip
NORMS = (
    "05 12 17 23 29 33", "04 15 23 31 42", "DIN 18040-#", "VDE 0100-4##", "CVE-2024-1####", "0 969 39 9# ##", "09 69 39 9# ##", "2024-0917-####", "600 360 ####", "800-20%-####", "888 5%5 ####",
)  # fmt: skip
PAPERS = (
    "Ontario licence|A1234-5####-#####", "licence #|S123-45##-####", "Cédula de ciudadanía|1.032.4##.###", "nis|111########", "e titulo|9653########",
    "krankenkasse nr|K39#######", "Matrikelnummer|482####", "Patientennummer|482####", "EHIC|8###99##", "numéro étranger|75########", "CAF|12#####", "étudiant n°|219#####", "hospital number|482####",
    "c/c|1####-X", "conta|4####-#", "sort|60-11-##", "Bankleitzahl|370 4## ##", "bizum|612345###", "Yape|9876#####",
)  # fmt: skip
PLATES = (
    "kennz.|un ab 4%#", "Kennzeichen|da xy 9##", "Auto mit Zürcher Nummer|ZH 48####", "voiture|GE48####", "un taré en bm|GB9##MK", "um doido de bm|GMK-9###", "la bagnole|GB 9## MK", "车牌|鲁 B 9####",
    "patente|BB·CD·##", "plate|AB# ##C", "le type de la|GK 8## VB", "das Kennzeichen ist falsch, richtig ist|F-LO 20##",
)  # fmt: skip
SPOKEN_MAILS = (
    "marie arobase free.fr", "ana arroba gmail.com", "hans ät web.de", "kevin.horn bei gmx.de", "zhang@qq点com", "ana@gmail punto com", "jane@gmail dot com", "ravi.k@okhdfc",
)  # fmt: skip
