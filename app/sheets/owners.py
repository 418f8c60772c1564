"""Owns whose a column is by its heading: ``Supplier City``, ``tel_sup``, 供应商类型.

Must not know what words mean; the lexicon does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Whose the column is, in front of what it holds: ``Supplier City``, ``hq_address``, 供应商类型.
_OWNER = re.compile(
    r"(?P<owner>suppliers?|vendors?|company|customers?|clients?|buyers?|factory|manufacturers?|exhibitors?|organi[sz]ations?|business|hq|main|"
    r"contact|dealers?|distributors?|importers?|exporters?|partner|member|musteri|tedarikci|firma|kunden?|lieferanten?|klient|"
    r"kontrahent|proveedor|cliente|fornecedor|fornitore|fournisseur|supp?|cust|vend)\s+(?P<word>.+)|"
    # ``RUC proveedor``, ``Cidade do fornecedor``, ``tel_sup``
    r"(?P<owned>.+?) (?:d[aeiou]l? |d[eu] l[ao]? ?|della? |dell )?(?P<of>proveedor|fornecedor|fornitore|fournisseur|cliente?|empresa|entreprise|"
    r"azienda|expositor|exposant|supplier|vendor|supp?|cust|vend|forn|поставщика|клиента|покупателя|компании|организации)|(?:供应商|客户|厂家|厂商|公司|企业|工厂|展商|参展商|买家|采购商|(?P<person>联系人|联络人))\s?(?P<han>\S.*)"
)
#: What a bare ``name`` of theirs is.
_OWNERS_NAMES = {
    **dict.fromkeys(
        (
            "supplier", "suppliers", "vendor", "vendors", "manufacturer", "exhibitor", "dealer", "distributor", "importer",
            "exporter", "tedarikci", "firma", "lieferant", "lieferanten", "proveedor", "fornecedor", "fornitore", "fournisseur",
            "organization", "organisation", "empresa", "entreprise", "azienda", "expositor", "exposant", "sup", "supp", "vend", "forn",
            "поставщика", "компании", "организации",
        ),
        "company",
    ),
    **dict.fromkeys(
        ("customer", "client", "buyer", "musteri", "kunde", "kunden", "klient", "cliente", "cust", "клиента", "покупателя"),
        "buyer",
    ),
}  # fmt: skip
#: What a bare word like this, of a company, numbers it with.
NUMBERED = frozenset(["id", "code", "cod", "codigo", "kod", "nr"])
#: What may belong to an owner like that.
OWNED = frozenset(
    [
        "address",
        "address_2",
        "city",
        "province",
        "postal_code",
        "country",
        "region",
        "phone",
        "mobile",
        "fax",
        "email",
        "web",
        "contact",
        "business_type",
        "uscc",
        "tax_number",
        "main_products",
        "bank_account",
        "description",
        "established",
        "certificates",
        "linkedin",
        "whatsapp",
        "wechat",
        "first_name",
        "last_name",
        "job_title",
        "grade",
    ]
)


@dataclass(frozen=True, slots=True)
class Owned:
    """What a heading says that somebody has: the ``word`` for it, and the field that a name of theirs is."""

    word: str
    #: ``company``, ``buyer`` or empty.
    owner: str
    is_person: bool


def owned_by(key: str) -> Owned | None:
    """What the folded heading ``key`` says that somebody has; ``None`` where it names no owner."""
    found = _OWNER.fullmatch(key)
    if found is None:
        return None
    word = found["word"] or found["owned"] or found["han"]
    owner = _OWNERS_NAMES.get(found["owner"] or found["of"] or "", "")
    return Owned(word, owner, is_person=bool(found["person"]))
