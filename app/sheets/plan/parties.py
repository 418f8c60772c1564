"""Owns how the values of a row become a company and its person.

Must not read cells (they are typed already) and must not know the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from app.directory.booths import parse_booth, walking_key
from app.directory.phones import Phone, PhoneKind
from app.kernel.text import has_han
from app.sheets.cells.contacts import CellPerson, people_in
from app.sheets.entries import unlabelled
from app.sheets.own_lists import is_own
from app.sheets.plan.drafts import CertificateDraft, CompanyDraft, PersonDraft, Point, Values
from app.sheets.plan.own_rows import OWN_FIELDS, add_own_parts, own_names

#: Field of the sheet → column of the company.
_COMPANY_COLUMNS = {
    "company_short": "short_name",
    "business_type": "business_type",
    "country": "country",
    "province": "province",
    "city": "city",
    "uscc": "uscc",
    "export_markets": "markets",
    "employees": "employees",
    "factory_area_m2": "factory_area",
    "registered_capital": "registered_capital",
    "payment": "payment_terms",
    "currency": "currency",
    "grade": "grade",
    "source": "source",
    "first_contact_on": "first_contact_on",
    "next_action": "next_action",
    "next_action_on": "next_action_on",
    "tax_number": "tax_number",
}
_BUSINESS_TYPES = {
    "manufacturer": ("生产", "工厂", "制造", "manufactur", "factory", "producer", "hersteller"),
    "trading": ("贸易", "外贸", "进出口", "trading", "trader", "importer", "exporter", "händler"),
    "wholesaler": ("批发", "wholesale", "distribut"),
    "retailer": ("零售", "retail", "shop", "store"),
    "agent": ("代理", "agent"),
    "brand": ("品牌", "brand"),
}
_CERTIFICATE_DETAILS = {
    "certificate_no": "number",
    "certificate_issuer": "issuer",
    "certificate_issued_on": "issued_on",
    "certificate_expires_on": "expires_on",
}
_ROLES = {
    "supplier": ("supplier", "vendor", "供应商", "供方"),
    "buyer": ("buyer", "customer", "客户", "买家", "采购商"),
    "agent": ("agent", "代理"),
    "forwarder": ("forwarder", "货代"),
}
#: What is told of a chat whose number is the phone's.
_AS_THE_PHONE = re.compile(
    r"(?:微信)?同(?:手机号?|电话|号|上|步|左)|手机同号|(?:the )?same(?: as (?:the )?(?:mobile|phone|cell|tel)\.?(?: no\.?| number)?)?",
    re.IGNORECASE,
)
_TRADES = frozenset(["supplier", "buyer"])
#: Fields that are read elsewhere in this module or name something else of the row.
_READ_FIELDS = frozenset(
    [
        "company",
        "company_en",
        "buyer",
        "salutation",
        "contact",
        "people",
        "first_name",
        "last_name",
        "job_title",
        "department",
        "mobile",
        "phone",
        "fax",
        "email",
        "wechat",
        "whatsapp",
        "qq",
        "skype",
        "linkedin",
        "im",
        "social",
        "web",
        "address",
        "address_2",
        "postal_code",
        "main_products",
        "certificates",
        "aliases",
        "roles",
        "tags",
        "established",
        "remark",
        "follow_up",
        "booth",
        "hall",
        "phase",
        "fair",
        "picture",
    ]
)
_KNOWN_FIELDS = _READ_FIELDS | _COMPANY_COLUMNS.keys() | OWN_FIELDS
_PERSON_POINTS = frozenset(
    ("mobile", "wechat", "whatsapp", "qq", "skype", "linkedin", "email", "im")
)


def company_of(
    values: Mapping[str, object], *, role: str, name_field: str = "company"
) -> CompanyDraft | None:
    """The company a row names, with its person; ``None`` where it names none."""
    is_ours = is_own(values)
    said = values.get(name_field), values.get("company_en")
    names = own_names(*said) if is_ours else _names(*said)
    if not names:
        return None
    columns: Values = {
        _COMPANY_COLUMNS[key]: value
        for key, value in values.items()
        if value and key in _COMPANY_COLUMNS
    }
    columns.update(names)
    _tidy_columns(columns, values)
    draft = CompanyDraft(role, columns)
    draft.custom = left_over(values, _KNOWN_FIELDS)
    draft.notes = [str(text) for text in several(values.get("remark"))]
    draft.notes += [str(values["follow_up"])] if values.get("follow_up") else []
    draft.tags = [str(tag) for tag in several(values.get("tags"))]
    draft.aliases = [
        str(name) for name in several(values.get("aliases")) if name not in draft.names
    ]
    draft.roles = list(_roles(values))
    draft.certificates = certificates_of(values, draft.custom)
    if is_ours:
        add_own_parts(draft, values)
        return draft
    if draft.role not in draft.roles:  # What the row says comes before what the list is of.
        draft.role = next((said for said in draft.roles if said in _TRADES), role)
    draft.booths = list(_booths(values))
    draft.addresses = list(_addresses(values))
    _add_person(draft, values)
    return draft


def tell_of_person(draft: CompanyDraft) -> None:
    """A list of people tells of people: notes and messengers are theirs, not their companies'."""
    person = draft.people[0]
    person.notes += draft.notes
    person.points += [point for point in draft.points if point.kind == "other"]
    draft.points = [point for point in draft.points if point.kind != "other"]
    draft.notes = []


def _names(name: object, english: object) -> Values:
    if not name:
        return {"name_en": english} if english else {}
    if has_han(str(name)):
        return {"name_zh": name, **({"name_en": english} if english else {})}
    if english and has_han(str(english)):
        return {"name_zh": english, "name_en": name}
    return {"name_en": name}


def _tidy_columns(columns: Values, values: Mapping[str, object]) -> None:
    if products := several(values.get("main_products")):
        columns["main_products"] = "、".join(map(str, products))
    if webs := several(values.get("web")):
        columns["website"] = str(webs[0])
    established = str(values.get("established") or "")
    if established[:4].isdecimal():
        columns["established_year"] = int(established[:4])
    if kind := str(columns.pop("business_type", "")):
        folded = kind.casefold()
        known = (key for key, words in _BUSINESS_TYPES.items() if any(w in folded for w in words))
        columns["business_type"] = next(known, "other")
    for key in ("employees", "factory_area", "registered_capital"):
        if key in columns:
            columns[key] = as_text(columns[key])


def certificates_of(values: Mapping[str, object], custom: Values) -> list[CertificateDraft]:
    """The certificates of a row; number, issuer and dates belong to it where it names only one.

    Then they are taken from ``custom``, which keeps what belongs to nothing.
    """
    names = [str(name) for name in several(values.get("certificates"))]
    if len(names) != 1:
        return [CertificateDraft(name) for name in names]
    details = {
        column: values[key] for key, column in _CERTIFICATE_DETAILS.items() if values.get(key)
    }
    for key in _CERTIFICATE_DETAILS:
        custom.pop(key, None)
    return [CertificateDraft(names[0], **details)]  # type: ignore[arg-type]


def _roles(values: Mapping[str, object]) -> Iterable[str]:
    yield from _named_roles(values.get("roles"), _ROLES)
    if not is_own(values):
        aside = {role: words for role, words in _ROLES.items() if role not in _TRADES}
        yield from _named_roles(values.get("business_type"), aside)


def _named_roles(said: object, roles: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for one in several(said):
        folded = str(one).casefold()
        yield from (role for role, words in roles.items() if any(w in folded for w in words))


def _booths(values: Mapping[str, object]) -> Iterable[Values]:
    hall = values.get("hall")
    for written in several(values.get("booth")):
        booth = parse_booth(str(written))
        yield {
            "fair": values.get("fair"),
            "phase": values.get("phase"),
            "hall": (booth.hall if booth else "") or (str(hall) if hall else None),
            "booth": str(written),
            "walking_key": walking_key(str(written)),
        }


def _addresses(values: Mapping[str, object]) -> Iterable[Values]:
    keys = ("city", "province", "postal_code", "country")
    place = {key: value for key in keys if (value := values.get(key))}
    first = values.get("address")
    if first:
        yield {"kind": "office", "lines": first, **place}
    elif values.get("postal_code"):
        yield {"kind": "office", "lines": str(values.get("city") or ""), **place}
    if second := values.get("address_2"):
        yield {"kind": "factory", "lines": second}


def _add_person(draft: CompanyDraft, values: Mapping[str, object]) -> None:
    """Personal ways of contact go to the person, where the row names one; the others to the company."""
    points = list(points_of(values))
    people = person_names(values)
    if not people:
        draft.points += points
        return
    personal = [point for point in points if point.kind in _PERSON_POINTS]
    draft.points += [point for point in points if point.kind not in _PERSON_POINTS]
    told = [person for person in several(values.get("people")) if isinstance(person, CellPerson)]
    drafts = list(map(_person_with_points, told)) or [PersonDraft({"name": n}) for n in people]
    first = drafts[0]
    for kind in dict.fromkeys(point.kind for point in personal):
        own = [point for point in personal if point.kind == kind]
        # As many mails as people: each has the one that stands where they do.
        sharing = drafts if len(own) == len(drafts) else [first] * len(own)
        for person, point in zip(sharing, own, strict=True):
            person.points += [point] if point not in person.points else []
    for key in ("job_title", "department"):
        first.values[key] = first.values.get(key) or values.get(key)
    draft.people += drafts


def _person_with_points(person: CellPerson) -> PersonDraft:
    """One of several people of a cell, with what stands beside their name."""
    points = person.points
    phones = [
        Point("mobile" if p.kind is PhoneKind.MOBILE else "phone", p.typed, p.e164)
        for p in points.phones
    ]
    mails = [Point("email", mail, mail.casefold()) for mail in points.emails]
    chats = [Point("wechat", person.wechat, person.wechat)] if person.wechat else []
    values: Values = {"name": person.name, "job_title": person.job_title or None}
    return PersonDraft(values, [*phones, *mails, *chats])


def person_names(values: Mapping[str, object]) -> tuple[str, ...]:
    """The people a row names."""
    if values.get("contact"):
        return people_in(str(values["contact"]))
    given, family = (str(values.get(key) or "") for key in ("first_name", "last_name"))
    # A Chinese name has the family's before the person's own, and nothing between.
    is_chinese = has_han(given) and has_han(family)
    full = f"{family}{given}" if is_chinese else f"{given} {family}".strip()
    return (full,) if full else ()


def points_of(values: Mapping[str, object]) -> Iterable[Point]:
    """The ways of contact of a row."""
    for kind in ("mobile", "phone", "fax"):
        for phone in several(values.get(kind)):
            if isinstance(phone, Phone):
                yield Point(kind, phone.typed, phone.e164)
            else:
                yield Point(kind, str(phone), "")
    for mail in several(values.get("email")):
        written = str(mail)
        folded = written.casefold()
        yield Point("email", written, written if folded == written else folded)
    for kind in ("wechat", "whatsapp", "qq", "skype", "linkedin"):
        value = values.get(kind)
        if value and _AS_THE_PHONE.fullmatch(str(value).strip()):
            phones = several(values.get("mobile")) or several(values.get("phone"))
            value = next((getattr(phone, "typed", phone) for phone in phones), None)
        if value:
            yield Point(kind, str(value), str(value).strip().casefold())
    for value in (*several(values.get("im")), *several(values.get("social"))):
        link, network = unlabelled(str(value))
        yield Point("other", link, link.strip().casefold(), network)


def left_over(values: Mapping[str, object], used: Set[str]) -> Values:
    """The values no column of a record takes, by their field, so that none is lost."""
    found: Values = {}
    for key, value in values.items():
        if key not in used and value not in (None, "", ()):
            found[key.removesuffix("_text")] = as_text(value)
    return found


def several(value: object) -> tuple[object, ...]:
    """What a cell holds, be it nothing, one value or several."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple) else (value,)


def as_text(value: object) -> str:
    """A typed value as the words it is kept under in a custom field."""
    if isinstance(value, tuple):
        return "、".join(map(as_text, value))
    amount = getattr(value, "amount", None)
    if amount is not None:
        more = (getattr(value, name, None) for name in ("unit", "currency", "container"))
        return " ".join(str(part) for part in (amount, *more) if part)
    return str(getattr(value, "text", value))
