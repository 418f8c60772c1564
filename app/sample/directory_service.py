"""Owns putting the sample book's companies and their goods into the book, table by table.

Works set by set inside the scope that is open. Must not hold deals; ``deals_service`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from app.directory.booths import parse_booth, walking_key
from app.directory.duplicates import website_host
from app.directory.names import name_key
from app.directory.service import normal_point
from app.sample.reading import Days, Row, decimal, parts, picture, table, whole
from database.book import Book, WriteScope
from database.bulk import IncomingRows
from database.records import (
    AddressRecord,
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    FileRecord,
    NoteRecord,
    PictureRecord,
    PriceRecord,
    ProductRecord,
    TagLinkRecord,
    TagRecord,
)

Values = dict[str, object]

_ROLES = ("supplier", "buyer", "agent", "forwarder")
_PLAIN = (
    "name_zh", "name_en", "country", "province", "city", "business_type", "website",
    "main_products", "markets", "employees", "payment_terms", "currency", "grade", "source",
)  # fmt: skip
_POINTS = ("mobile", "phone", "email", "wechat", "whatsapp")
_FAIR = "Canton Fair"
_ISSUERS = {"LFGB": "TÜV", "CE": "SGS", "BSCI": "amfori", "FSC": "FSC", "GS": "TÜV"}
_YES = {"yes": True, "no": False}


class DirectoryRows:
    """Companies with all that hangs on them, and products; remembers the ids by the files' keys."""

    def __init__(self, book: Book, scope: WriteScope, days: Days) -> None:
        self._book = book
        self._rows = IncomingRows(scope)
        self._days = days
        self._tags: dict[str, int] = {}
        self._categories: dict[str, int] = {}
        self.companies: dict[str, int] = {}
        self.contacts: dict[str, int] = {}
        self.products: dict[str, int] = {}
        self.made: Counter[str] = Counter()

    def write(self) -> None:
        """Writes the tables of suppliers, buyers, products and prices."""
        rows = [*table("suppliers"), *({"role": "buyer", **row} for row in table("buyers"))]
        with self._rows:
            for row in rows:
                self._company(row)
            self._products()
            self._prices()

    def _company(self, row: Row) -> None:
        roles = row["role"]
        since = self._days.at(row["first_contact"])
        values: Values = {key: row.get(key) or None for key in _PLAIN}
        values |= {f"is_{role}": role in roles for role in _ROLES}
        values |= {
            "name_key": name_key(row.get("name_zh", "")) or None,
            "name_en_key": name_key(row["name_en"]) or None,
            "website_host": website_host(row["website"]) or None,
            "established_year": whole(row.get("established_year", "")),
            "first_contact_on": since.date(),
            "custom": {},
            "created_at": since,
        }
        company_id = self.companies[row["key"]] = self._rows.add(CompanyRecord, values)
        self.made[roles] += 1
        self._people(company_id, row)
        self._papers(company_id, row)

    def _people(self, company_id: int, row: Row) -> None:
        self._person(company_id, row, name=row["contact"], points=_points(row))
        if row.get("second_contact"):
            second = {"job_title": row["second_title"], "contact_en": "", "country": row["country"]}
            self._person(
                company_id,
                second,
                name=row["second_contact"],
                points={"mobile": row["second_mobile"]},
                is_primary=False,
            )
        self._point(company_id, None, "phone", row["phone"], row["country"])
        if row.get("address"):
            place = {key: row[key] or None for key in ("city", "province", "country")}
            lines = {"lines": row["address"], "kind": "office", "postal_code": None}
            self._rows.add(AddressRecord, {"company_id": company_id, **lines, **place})

    def _person(
        self,
        company_id: int,
        row: Row,
        *,
        name: str,
        points: Mapping[str, str],
        is_primary: bool = True,
    ) -> None:
        id_ = self._rows.add(
            ContactRecord,
            {
                "company_id": company_id,
                "name": name,
                "name_en": row.get("contact_en") or None,
                "job_title": row["job_title"] or None,
                "is_primary": is_primary,
                "custom": {},
                "created_at": self._days.at(-1),
            },
        )
        if is_primary:
            self.contacts[row["key"]] = id_
        self.made["contact"] += 1
        for kind, value in points.items():
            self._point(company_id, id_, kind, value, row["country"])

    def _point(
        self, company_id: int, contact_id: int | None, kind: str, value: str, country: str
    ) -> None:
        owner = {"company_id": company_id, "contact_id": contact_id}
        normal = normal_point(kind, value, country)
        point = {"kind": kind, "value": value, "normal": normal, "is_primary": False}
        self._rows.add(ContactPointRecord, {**owner, **point})

    def _papers(self, company_id: int, row: Row) -> None:
        owner: Values = {"company_id": company_id}
        for entry in parts(row.get("booths", "")):
            edition, booth, phase = entry.split("/")
            self._rows.add(BoothRecord, {**owner, **_booth(edition, booth, phase)})
            self.made["booth"] += 1
        for number, entry in enumerate(parts(row.get("certificates", "")), 1):
            name, expires = entry.rsplit(":", 1)
            self._rows.add(
                CertificateRecord,
                {
                    **owner,
                    "name": name,
                    "number": f"{row['key']}-{name.replace(' ', '')}-{number:02}",
                    "issuer": _ISSUERS.get(name, "Intertek"),
                    "issued_on": self._days.on(int(expires) - 730),
                    "expires_on": self._days.on(expires),
                },
            )
            self.made["certificate"] += 1
        for name in parts(row.get("tags", "")):
            self._rows.add(TagLinkRecord, {**owner, "tag_id": self._tag(name)})
        if row["note"]:
            note = {"text": row["note"], "written_at": self._days.at(-30)}
            self._rows.add(NoteRecord, {**owner, **note})
            self.made["note"] += 1

    def _tag(self, name: str) -> int:
        if name not in self._tags:
            known = select(TagRecord.id).where(TagRecord.name == name)
            found = self._rows.session.scalar(known)
            self._tags[name] = found or self._rows.add(TagRecord, {"name": name})
        return self._tags[name]

    def _category(self, path: str) -> int:
        if path not in self._categories:
            name_zh, name_en = (name.strip() for name in path.split("|"))
            values: Values = {"name_zh": name_zh, "name_en": name_en, "name_key": name_key(name_zh)}
            self._categories[path] = self._rows.add(CategoryRecord, values)
            self.made["category"] += 1
        return self._categories[path]

    def _products(self) -> None:
        rows = table("products")
        files = self._files({row["picture"] for row in rows})
        for row in rows:
            id_ = self._rows.add(ProductRecord, self._product(row))
            self.products[row["item_number"]] = id_
            self.made["product"] += 1
            shown: Values = {"file_id": files[row["picture"]], "product_id": id_, "position": 0}
            self._rows.add(PictureRecord, shown)
            self.made["picture"] += 1

    def _files(self, names: set[str]) -> dict[str, int]:
        """Keeps the drawings and returns their files' ids by name."""
        stored = self._rows.session.execute(select(FileRecord.sha256, FileRecord.id))
        known = {row.sha256: row.id for row in stored}
        ids: dict[str, int] = {}
        for name in sorted(names):
            content = picture(name)
            sha256 = self._book.files.put(content)
            if sha256 not in known:
                file: Values = {"sha256": sha256, "media_type": "image/png"}
                known[sha256] = self._rows.add(FileRecord, {**file, "size_bytes": len(content)})
            ids[name] = known[sha256]
        return ids

    def _product(self, row: Row) -> Values:
        length, width, height = (
            decimal(row[f"carton_{side}_cm"]) for side in ("length", "width", "height")
        )
        cbm = round(length * width * height / 1_000_000, 6) if length and width and height else None
        texts = ("item_number", "name_zh", "name_en", "material", "size", "colour", "unit")
        return {
            **{key: row[key] or None for key in (*texts, "hs_code", "packing")},
            "supplier_id": self.companies[row["supplier"]],
            "category_id": self._category(row["category"]),
            "name_key": name_key(row["name_zh"]) or None,
            "origin": "CN",
            "moq": decimal(row["moq"]),
            "lead_time_days_min": whole(row["lead_time_days_min"]),
            "lead_time_days_max": whole(row["lead_time_days_max"]),
            "pieces_per_carton": whole(row["pieces_per_carton"]),
            "carton_length_cm": length,
            "carton_width_cm": width,
            "carton_height_cm": height,
            "carton_cbm": cbm,
            "net_weight_kg": decimal(row["net_weight_kg"]),
            "gross_weight_kg": decimal(row["gross_weight_kg"]),
            "custom": {},
            "created_at": self._days.at(-200),
        }

    def _prices(self) -> None:
        for row in table("prices"):
            quoted_on = self._days.on(-int(row["days_ago"]))
            self._rows.add(
                PriceRecord,
                {
                    "product_id": self.products[row["item_number"]],
                    "min_quantity": decimal(row["min_quantity"]),
                    "amount": decimal(row["amount"]),
                    "currency": row["currency"],
                    "incoterm": row["incoterm"],
                    "place": row["place"],
                    "includes_vat": _YES.get(row["includes_vat"]),
                    "vat_rate": decimal(row["vat_rate"]),
                    "quoted_on": quoted_on,
                    "valid_until": self._days.on(int(row["valid_days"]) - int(row["days_ago"])),
                    "source": row["source"],
                },
            )
            self.made["price"] += 1


def _points(row: Row) -> dict[str, str]:
    """The ways to reach a company's first person; the phone is the company's own."""
    return {kind: row[kind] for kind in _POINTS if row.get(kind) and kind != "phone"}


def _booth(edition: str, booth: str, phase: str) -> Values:
    stand = parse_booth(booth)
    return {
        "fair": _FAIR,
        "edition": edition,
        "phase": phase,
        "hall": str(stand.hall) if stand else None,
        "booth": booth,
        "walking_key": walking_key(booth),
    }
