"""Owns how likely two companies are the same one, with the reasons and the weight of each.

Must not merge or look anything up: it judges two :class:`CompanyTraits`, and names the keys under
which candidates are found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.directory.company_words import free_mail_domains, latin_places
from app.directory.names import FoldedName, folded_name, name_similarity
from app.directory.uscc import normalised_uscc, uscc_warning
from app.kernel.messages import Message
from app.kernel.text import fold

_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)+", re.IGNORECASE)
#: Sites where many companies have a page: the host says nothing about which.
_SHARED_HOSTS = (
    "alibaba.com", "1688.com", "made-in-china.com", "globalsources.com", "dhgate.com", "taobao.com",
    "facebook.com", "linkedin.com", "instagram.com", "weixin.qq.com", "aliexpress.com",
    "amazon.com", "ec21.com", "tradekey.com", "europages.com", "hktdc.com", "youtube.com",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyTraits:
    """What two companies are compared by; made by :func:`company_traits`."""

    names: tuple[FoldedName, ...] = ()
    uscc: str = ""
    mail_domains: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    websites: frozenset[str] = frozenset()
    country: str = ""
    #: Folded by :func:`city_key`.
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateWeights:
    """How sure each shared trait makes that two companies are one, 0 to 1; the user may change them.

    The last three are factors on the whole: what speaks against it.
    """

    uscc: float = 0.99
    mail: float = 0.85
    mail_domain: float = 0.72
    website: float = 0.72
    phone: float = 0.75
    name: float = 0.85
    pinyin: float = 0.62
    other_uscc: float = 0.25
    other_country: float = 0.7
    other_city: float = 0.85


@dataclass(frozen=True, slots=True)
class Reason:
    """One trait two companies share, or one that sets them apart, and its weight."""

    message: Message
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two companies are one, 0 to 1, and why; the strongest reason first."""

    score: float
    reasons: tuple[Reason, ...]


DEFAULT_WEIGHTS = DuplicateWeights()
#: From here on two companies are taken for one unless the person says otherwise.
LIKELY = 0.8
#: From here on the person is asked.
POSSIBLE = 0.55
_LEAST_NAME = 0.6


def company_traits(
    *,
    names: Iterable[str],
    uscc: str = "",
    mails: Iterable[str] = (),
    phones: Iterable[str] = (),
    websites: Iterable[str] = (),
    country: str = "",
    city: str = "",
) -> CompanyTraits:
    """The traits of a company from its fields; ``phones`` are E.164, ``country`` two letters."""
    written = [name for name in names if name.strip()]
    addresses = frozenset(mail.strip().casefold() for mail in mails if "@" in mail)
    domains = frozenset(address.rpartition("@")[2] for address in addresses)
    hosts = (website_host(website) for website in websites)
    return CompanyTraits(
        names=tuple(dict.fromkeys(folded_name(name) for name in written)),
        uscc=normalised_uscc(uscc),
        mail_domains=frozenset(domain for domain in domains if domain) - free_mail_domains(),
        mails=addresses,
        phones=frozenset(phone for phone in phones if phone),
        websites=frozenset(host for host in hosts if host),
        country=country.upper(),
        city=city_key(city),
    )


@functools.lru_cache(maxsize=4_096)
def city_key(city: str) -> str:
    """A city's name as it is compared: 宁波市, Ningbo and NINGBO CITY are one."""
    folded = fold(city).removesuffix(" city").replace(" ", "")
    folded = folded.removesuffix("市") if len(folded) > 2 else folded
    place = latin_places().get(folded)
    return place.chinese if place is not None else folded


def website_host(address: str) -> str:
    """The host of a company's own site without ``www.``; empty for a page on a shared platform."""
    rest = _SCHEME.sub("", address.strip())
    found = _HOST.match(rest)
    if found is None:
        return ""
    host = found.group().casefold().removeprefix("www.")
    shared = any(host == site or host.endswith("." + site) for site in _SHARED_HOSTS)
    return "" if shared else host


def likeness(
    first: CompanyTraits, second: CompanyTraits, weights: DuplicateWeights = DEFAULT_WEIGHTS
) -> Likeness:
    """How likely the two are one company.

    Reasons add up as independent evidence does: the doubts left by each are multiplied. A website
    and a mail domain that are the same are one reason.
    """
    reasons = [*_shared_codes(first, second, weights), *_shared_names(first, second, weights)]
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - reason.weight
    score = 1 - doubt
    for against in _against(first, second, weights):
        score *= against.weight
        reasons.append(against)
    ordered = sorted(reasons, key=lambda reason: reason.weight, reverse=True)
    return Likeness(score, tuple(ordered))


def _shared_codes(
    first: CompanyTraits, second: CompanyTraits, weights: DuplicateWeights
) -> Iterable[Reason]:
    if first.uscc and first.uscc == second.uscc:
        yield Reason(Message("directory.same_uscc", uscc=first.uscc), weights.uscc)
    for phone in sorted(first.phones & second.phones)[:1]:
        yield Reason(Message("directory.same_phone", phone=phone), weights.phone)
    same_mails = sorted(first.mails & second.mails)
    same_domains = first.mail_domains & second.mail_domains
    if same_mails:
        yield Reason(Message("directory.same_mail", mail=same_mails[0]), weights.mail)
    elif same_domains:
        domain = min(same_domains)
        yield Reason(Message("directory.same_mail_domain", domain=domain), weights.mail_domain)
    own = (first.websites | first.mail_domains) & (second.websites | second.mail_domains)
    for website in sorted(own - same_domains)[:1]:
        yield Reason(Message("directory.same_website", website=website), weights.website)


def _shared_names(
    first: CompanyTraits, second: CompanyTraits, weights: DuplicateWeights
) -> Iterable[Reason]:
    """The best match in one script; the pinyin only where no names of one script are compared."""
    pairs = [(a, b) for a in first.names for b in second.names]
    same_script = [pair for pair in pairs if pair[0].is_chinese == pair[1].is_chinese]
    best = max((name_similarity(*pair) for pair in same_script or pairs), default=0.0)
    if best < _LEAST_NAME:
        return
    if same_script:
        key = Message("directory.same_name") if best == 1 else _alike_message(best)
        yield Reason(key, weights.name * best)
    else:
        message = Message("directory.same_pinyin", percent=round(best * 100))
        yield Reason(message, weights.pinyin * best)


def _alike_message(alike: float) -> Message:
    return Message("directory.alike_name", percent=round(alike * 100))


def _against(
    first: CompanyTraits, second: CompanyTraits, weights: DuplicateWeights
) -> Iterable[Reason]:
    codes = {first.uscc, second.uscc} - {""}
    if len(codes) == 2 and not any(uscc_warning(code) for code in codes):
        yield Reason(Message("directory.other_uscc"), weights.other_uscc)
    if first.country and second.country and first.country != second.country:
        yield Reason(Message("directory.other_country"), weights.other_country)
    elif _are_elsewhere(first, second):
        yield Reason(Message("directory.other_city"), weights.other_city)


def _are_elsewhere(first: CompanyTraits, second: CompanyTraits) -> bool:
    """Whether the cities differ, and no name is shared that only one company of a place may have.

    A registered Chinese name with its place in front belongs to one company, wherever it works.
    """
    if not first.city or not second.city or first.city == second.city:
        return False
    return not any(
        name.is_chinese and name.place and name.key == other.key
        for name in first.names
        for other in second.names
    )
