"""Owns what a bare ``Role`` tells, by the words below it: a job, what a company is to us, or how far we are with it.

Must not read the words for records; the plan does.
"""

from __future__ import annotations

import re

from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of

#: What may stand over any of these.
BARE_ROLES = frozenset(["role", "roles", "rolle", "rol", "ruolo", "función", "funcion"])
_SELLS = re.compile(
    r"suppliers?|vendors?|manufacturers?|factory|sellers?|exporters?|(?:freight )?forwarders?|(?:buying |sales )?agents?|"
    r"proveedor|lieferant|hersteller|fornecedor|fornitore|fournisseur|поставщик|供应商|工厂|供方|货代|代理商?",
    re.IGNORECASE,
)
#: ``Buyer`` is a job as well: it is a company's part only beside those who sell.
_BUYS = re.compile(
    r"buyers?|customers?|clients?|importers?|cliente|kunde|покупатель|клиент|客户|买家|采购商",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"(?:new |hot |warm |cold |open |active |inactive |potential |former |existing |lost )?"
    r"(?:leads?|customers?|clients?|prospects?|subscribers?|opportunity|contact)|"
    r"active|inactive|open|closed|new|lost|won|pending|qualified|potential|former|blocked|vip|aktiv|inaktiv|activo|inactivo|"
    r"潜在客户|意向客户|老客户|新客户|成交客户|活跃",
    re.IGNORECASE,
)
_MAY_BUY = re.compile(
    r"(?:new |potential |existing |old )?(?:customer|client|prospect|lead|buyer)s?(?: - \w+)?|kunde|interessent|cliente|клиент|покупатель"
    r"|(?:潜在|意向|新|老|成交)?客户|买家|采购商",
    re.IGNORECASE,
)
_BUYING_JOB = re.compile(
    r"\b(?:buyers?|purchas\w+|procurement|sourcing|merchandis\w+|imports?|category manager)\b"
    r"|einkauf|einkäufer|compras|comprador|acheteu[rs]|achats|buyer|закуп|采购|採購|バイヤー|購買|구매|satın ?alma",
    re.IGNORECASE,
)
_FEWEST_JOBS = 2
_MOSTLY = 0.7
_LOOKED_AT = 200


def tells_of_buyers(region: TableRegion, place: int) -> bool:
    """Whether those whose parts the column at ``place`` tells mostly buy, or may: ``Customer``, ``Prospect``."""
    said = _said(region, place)
    return bool(said) and sum(map(bool, map(_MAY_BUY.fullmatch, said))) >= _MOSTLY * len(said)


def are_buying_jobs(region: TableRegion, place: int) -> bool:
    """Whether the jobs in the column at ``place`` are mostly those of people who buy."""
    said = _said(region, place)
    buying = sum(map(bool, map(_BUYING_JOB.search, said)))
    return buying >= _FEWEST_JOBS and buying >= _MOSTLY * len(said)


def _said(region: TableRegion, place: int) -> list[str]:
    texts = (text_of(row[place]).strip() for row in region.rows[:_LOOKED_AT])
    return [text for text in texts if text]


def field_of_roles(region: TableRegion, place: int) -> str:
    """``job_title``, ``roles`` or ``status``: what the column at ``place`` holds."""
    said = _said(region, place)
    sells = sum(bool(_SELLS.fullmatch(text)) for text in said)
    buys = sum(bool(_BUYS.fullmatch(text)) for text in said)
    if sells and sells + buys >= _MOSTLY * len(said):
        return "roles"
    stands = sum(bool(_STANDING.fullmatch(text)) for text in said)
    return "status" if said and stands >= _MOSTLY * len(said) else "job_title"
