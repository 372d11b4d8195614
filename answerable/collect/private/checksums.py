"""The check digits of numbers that name one person or one account. Each answers True when they fit.

Arguments are digits (and capital letters where the number has them) without separators.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """Payment cards and the Canadian SIN (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def iban(number: str) -> bool:
    """International bank account numbers (ISO 13616): modulus 97, letters count from 10."""
    moved = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def chinese_id(number: str) -> bool:
    """Resident identity number (GB 11643): a real date and ISO 7064 modulus 11-2."""
    if not _date(number[6:10], number[10:12], number[12:14]):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[_weighed(number[:17], weights) % 11] == number[17].upper()


def hong_kong_id(number: str) -> bool:
    """HKID: one or two letters, six digits, a check of 0-9 or A."""
    letters = number[:-7].rjust(2)
    values = [36 if char == " " else ord(char) - 55 for char in letters] + [
        int(char) for char in number[-7:-1]
    ]
    check = 10 if number[-1] == "A" else int(number[-1])
    return (
        sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) + check
    ) % 11 == 0


def taiwan_id(number: str) -> bool:
    """Taiwan's national identification number: a letter and nine digits, of which foreigners had a letter first."""
    letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
    value = 10 + letters.index(number[0])
    second = number[1] if number[1].isdigit() else str(letters.index(number[1]) % 10)
    total = value // 10 + value % 10 * 9 + _weighed(second + number[2:9], range(8, 0, -1)) + int(number[9])
    return total % 10 == 0


def spanish_id(number: str) -> bool:
    """DNI and NIE: eight digits (or X, Y, Z and seven) and a letter by modulus 23."""
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == number[-1]


def french_insurance(number: str) -> bool:
    """NIR (numéro de sécurité sociale) with its key: modulus 97, Corsican departments counted as 19 and 18."""
    digits = number.replace("2A", "19", 1).replace("2B", "18", 1)
    return digits.isdigit() and 97 - int(digits[:13]) % 97 == int(digits[13:])


def german_tax(number: str) -> bool:
    """Steuerliche Identifikationsnummer: one digit of the first ten repeats; ISO 7064 modulus 11, 10."""
    first = number[:10]
    if number[0] == "0" or len(set(first)) not in {8, 9}:
        return False
    return _mod_11_10(number)


def _mod_11_10(number: str) -> bool:
    product = 10
    for digit in number[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(number[-1])


def german_insurance(number: str) -> bool:
    """Rentenversicherungsnummer: area, birthday, letter, serial, check."""
    digits = number[:8] + f"{ord(number[8]) - 64:02}" + number[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(digits, weights, strict=True))
    return total % 10 == int(number[11])


def brazilian_person(number: str) -> bool:
    """CPF: two check digits modulus 11; eleven equal digits are none."""
    if len(set(number)) == 1:
        return False
    for length in (9, 10):
        check = _weighed(number[:length], range(length + 1, 1, -1)) * 10 % 11 % 10
        if check != int(number[length]):
            return False
    return True


def brazilian_health(number: str) -> bool:
    """CNS, the number of the SUS card: fifteen digits, weights 15 to 1, modulus 11."""
    return _weighed(number, range(15, 0, -1)) % 11 == 0


def portuguese_tax(number: str) -> bool:
    """NIF: modulus 11 over nine digits; a person's begins with 1, 2, 3 or 45."""
    check = 11 - _weighed(number[:8], range(9, 1, -1)) % 11
    return number[0] in "1234" and (0 if check > 9 else check) == int(number[8])


def british_health(number: str) -> bool:
    """NHS number: modulus 11 over ten digits."""
    check = 11 - _weighed(number[:9], range(10, 1, -1)) % 11
    return check != 10 and (0 if check == 11 else check) == int(number[9])


def belgian_person(number: str) -> bool:
    """Numéro de registre national: modulus 97, births from 2000 with a 2 before."""
    body, check = number[:9], int(number[9:])
    if (number[2:4] > "12" and number[2:4] < "20") or number[4:6] > "31":
        return False
    return check in {97 - int(body) % 97, 97 - int("2" + body) % 97}


def swiss_insurance(number: str) -> bool:
    """AHV/AVS number: an EAN-13 that begins with 756."""
    return number[:3] == "756" and _weighed(number, (1, 3) * 6 + (1,)) % 10 == 0


def indian_person(number: str) -> bool:
    """Aadhaar: Verhoeff's scheme over twelve digits."""
    check = 0
    for place, digit in enumerate(reversed(number)):
        check = _DIHEDRAL[check][_PERMUTED[place % 8][int(digit)]]
    return check == 0


def mexican_clabe(number: str) -> bool:
    """CLABE, the eighteen digits of a Mexican account: weights 3, 7, 1."""
    total = sum(int(digit) * (3, 7, 1)[place % 3] % 10 for place, digit in enumerate(number[:17]))
    return (10 - total % 10) % 10 == int(number[17])


def chilean_person(number: str) -> bool:
    """RUT: modulus 11 with the weights 2 to 7, check 0-9 or K."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(number[:-1])))
    return "0K987654321"[total % 11] == number[-1].upper()


def peruvian_person(number: str) -> bool:
    """RUC: modulus 11 over eleven digits; a person's begins with 10."""
    check = 11 - _weighed(number[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return number[:2] == "10" and check % 10 == int(number[10])


def argentine_person(number: str) -> bool:
    """CUIL/CUIT: modulus 11 over eleven digits; a person's begins with 20, 23, 24 or 27."""
    check = 11 - _weighed(number[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return number[:2] in {"20", "23", "24", "27"} and {11: 0, 10: 9}.get(check, check) == int(number[10])


def irish_person(number: str) -> bool:
    """PPS number: seven digits, a check letter modulus 23, perhaps a second letter."""
    second = ord(number[8]) - 64 if len(number) == 9 and number[8] != "W" else 0
    total = _weighed(number[:7], range(8, 1, -1)) + 9 * second
    return "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == number[7]


def american_person(number: str) -> bool:
    """Social security number: no check digit, but areas, groups and serials that were never given out."""
    return (
        number[:3] not in {"000", "666"} and number[0] != "9" and number[3:5] != "00" and number[5:] != "0000"
    )


def spanish_insurance(number: str) -> bool:
    """Número de afiliación (NUSS): province, number, modulus 97."""
    serial = int(number[2:-2])
    body = int(number[:2]) * 10**7 + serial if serial < 10**7 else int(number[:-2])
    return "01" <= number[:2] <= "66" and int(number[-2:]) == body % 97


def argentine_account(number: str) -> bool:
    """CBU: bank and branch with a check digit, account with another."""
    first = -_weighed(number[:7], (7, 1, 3, 9, 7, 1, 3)) % 10
    second = -_weighed(number[8:21], (3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3)) % 10
    return first == int(number[7]) and second == int(number[21])


def french_account(number: str) -> bool:
    """RIB: bank, counter, account and a key by modulus 97; letters count 1 to 9 as on a keypad."""
    digits = number.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789"))
    return int(digits) % 97 == 0


def portuguese_account(number: str) -> bool:
    """NIB: twenty-one digits, modulus 97."""
    return int(number) % 97 == 1


def british_driver(number: str) -> bool:
    """Driving licence: sixteen signs with a birth month, in which a woman's has 50 more."""
    return len(number) == 16 and 1 <= int(number[6:8]) % 50 <= 12 and "01" <= number[8:10] <= "31"


def quebec_health(number: str) -> bool:
    """RAMQ: four letters of the name and a birthday, in which a woman's month has 50 more."""
    return 1 <= int(number[6:8]) % 50 <= 12 and "01" <= number[8:10] <= "31"


def australian_health(number: str) -> bool:
    """Medicare: the ninth digit checks the first eight."""
    return _weighed(number[:8], (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])


def austrian_insurance(number: str) -> bool:
    """Sozialversicherungsnummer: three digits, a check by modulus 11, a birthday (months past 12 are given out too)."""
    total = _weighed(number[:3] + number[4:], (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11
    return (
        number[0] != "0"
        and total == int(number[3])
        and "01" <= number[4:6] <= "31"
        and "01" <= number[6:8] <= "15"
    )


def _date(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


def _tables() -> tuple[list[list[int]], list[list[int]]]:
    """Verhoeff's tables: the dihedral group of order ten and eight powers of one permutation."""
    group = [[(i + j) % 5 if i < 5 and j < 5 else 0 for j in range(10)] for i in range(10)]
    for i in range(10):
        for j in range(10):
            if i < 5:
                group[i][j] = (i + j) % 5 if j < 5 else 5 + (i + j - 5) % 5
            else:
                group[i][j] = 5 + (i - 5 - j) % 5 if j < 5 else (i - j) % 5
    powers = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    while len(powers) < 8:
        powers.append([powers[-1][place] for place in powers[1]])
    return group, powers


_DIHEDRAL, _PERMUTED = _tables()

Check = Callable[[str], bool]
