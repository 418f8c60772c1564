"""Owns which country the headings of a table are written in, and the money there.

Must not look at values.
"""

from __future__ import annotations

import re

from app.kernel.text import has_han
from app.sheets.layout import TableRegion

#: What prices are in that name no currency, in languages that are at home in one country alone.
MONEY_OF = {
    "KR": "KRW",
    "VN": "VND",
    "TH": "THB",
    "UA": "UAH",
    "PL": "PLN",
    "CZ": "CZK",
    "HU": "HUF",
    "IL": "ILS",
}
#: Letters, or words, by which the language of headings is told, and the country where most write it, the narrower first.
_LETTERS = {
    "KR": re.compile(r"[\uac00-\ud7a3]"),
    # Kana, characters that only Japan writes so, and words that only it has.
    "JP": re.compile(
        r"[\u3041-\u30ff単価値売総払込発帯]|会社|役職|氏名|担当|番号|取引先|仕入|部署|郵便|住所"
    ),
    "UA": re.compile(r"[іїєґ]", re.IGNORECASE),
    "RU": re.compile(r"[\u0410-\u044f]"),
    "VN": re.compile(r"[ơư\u1ea0-\u1ef9]", re.IGNORECASE),
    "TR": re.compile(r"[ğıİ]"),
    "PL": re.compile(r"[łńśźż]", re.IGNORECASE),
    "IL": re.compile(r"[\u05d0-\u05ea]"),
    "TH": re.compile(r"[\u0e01-\u0e2e]"),
    # What their neighbours call otherwise.
    "ID": re.compile(
        r"(?<![^\W_])(?:telepon|perusahaan|pemasok|pelanggan|barang)(?![^\W_])", re.IGNORECASE
    ),
    "IT": re.compile(
        r"(?<![^\W_])(?:ragione sociale|azienda|fornitore|cognome|indirizzo|citt[aà]|cellulare|referente)(?![^\W_])",
        re.IGNORECASE,
    ),
    "GR": re.compile(r"[\u03b1-\u03c9]"),
    "CZ": re.compile(r"[ěřů]", re.IGNORECASE),
    "HU": re.compile(r"[őű]", re.IGNORECASE),
}
#: What companies are registered under, or towns told by, in one country alone.
_REGISTERS = {
    "BR": re.compile(r"(?<![^\W_])(?:cnpj|cpf|cep)(?![^\W_])", re.IGNORECASE),
    "IT": re.compile(
        r"(?<![^\W_])(?:p\.? ?iva|partita iva|codice fiscale)(?![^\W_])", re.IGNORECASE
    ),
    "FR": re.compile(r"(?<![^\W_])(?:siret|siren)(?![^\W_])", re.IGNORECASE),
    "AR": re.compile(r"(?<![^\W_])cuit(?![^\W_])", re.IGNORECASE),
    "IN": re.compile(r"(?<![^\W_])gstin(?![^\W_])", re.IGNORECASE),
    "AU": re.compile(r"(?<![^\W_])abn(?![^\W_])", re.IGNORECASE),
}
#: Characters that Chinese headings have and Japanese ones never.
_ONLY_CHINESE = re.compile(r"[产单价编货规备质话联务业图证称类]")


def country_written_in(region: TableRegion) -> str | None:
    """The country whose language the headings are in, where it is hardly written elsewhere.

    Beside Chinese headings it is the buyers' language, not the sender's.
    """
    said = [heading for heading in region.headings if heading]
    kana = sum(map(bool, map(_LETTERS["JP"].search, said)))
    if 5 * kana >= len(said) > 0 and not any(map(_ONLY_CHINESE.search, said)):
        return "JP"
    if any(map(has_han, said)):
        return None
    shares = {
        country: sum(map(bool, map(letters.search, said))) for country, letters in _LETTERS.items()
    }
    registers = (c for c, names in _REGISTERS.items() if any(map(names.search, said)))
    return next((c for c, count in shares.items() if 3 * count > len(said)), next(registers, None))
