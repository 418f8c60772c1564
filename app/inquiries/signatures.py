"""Owns reading who asks out of a mail: its "From:" lines and the signature at its end.

Must not look anybody up, nor read what is asked for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from app.kernel.territories import territory_codes
from app.kernel.text import fold
from app.kernel.wording.job_titles import is_job_title

MAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+")
COMPANY = re.compile(
    r"(?:[A-ZÀ-Þ0-9][\w&.'\-]*[ ](?:(?:de|del|la|las|los|da|do|dos|di|of|and|und|et|y|e)[ ]){0,2}){1,6}(?:Co\.?,? ?Ltd|Ltd|Limited|GmbH(?: & Co\. KG)?|LLC|Inc|Corp(?:oration)?|S\.?p\.?A|S\.?A\.?(?:S|C|R\.?L)\b|S\.?A\.?(?: de C\.V)?|S\.?[Rr]\.?[Ll]\b|B\.?V|N\.?V|A/?S|ApS|AB|Oy|AG|KG|Pty|Pvt|Pte|PLC|Ltda|Lda|s\.r\.o|d\.o\.o|Kft|UAB|Sp\. z o\.o|FZE|FZCO|Trading|Imports?|International)\b\.?"
    r"|(?:(?:我们?|我司|我公司|这里|这边|本司)是|来自)?"
    r"(?P<company>(?:(?!(?:我们?|你们?|贵|本|该)公司)[\u4e00-\u9fff]){2,20}(?:有限公司|公司|集团|商行|贸易行))"
)
CLOSING = re.compile(
    r"^(?:[^\n]{0,30}/)?\s*(?:(?:best|kind|warm|with|many)\s)?(?:regards|wishes|(?:mit\s)?(?:freundlichen?|beste[nr]?|viele[nr]?)\s(?:gr(?:üße?n?|uss|üsse?n?)|grüßen)|mfg|(?:un\s|muchos\s)?(?:cordiales\s)?saludos?(?:\scordiales)?|atentamente|atenciosamente|cordialement|cordiali saluti|с уважением|thanks|thank you|cheers|sincerely|yours \w+|br|rgds|此致|谢谢|顺祝商祺|祝好)[\w ]{0,20}[,.!，。]*\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"^\s*(?:(?:to|cc|bcc|attn|收件人|抄送)\s*[:：].*|(?:dear|hi|hello|hey|尊敬的)\b[^,，:：\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = re.compile(
    r"^[ \t>*]*(?:from|发件人|寄件者)\*?[ \t]*[:：][ \t]*(?P<who>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TO = re.compile(
    r"^[ \t>*]*(?:to|cc|bcc|收件人|抄送)\*?[ \t]*[:：].*$", re.IGNORECASE | re.MULTILINE
)
_LABELS = {
    "whatsapp": r"whats?app|wa|ws",
    "wechat": r"wechat|weixin|微信号?",
    "mobile": r"mobile|mob|cell(?:phone)?|handy|手机",
    "fax": r"fax|传真",
    "phone": r"tel(?:ephone)?|phone|ph|office|direct|电话|座机|[tpm](?=\s?[:：.]?\s?\+)",
    "email": r"e-?mail|mail|邮箱|电子邮件",
    "website": r"web(?:site)?|www(?=\s?:)|网址|官网",
    "job_title": r"title|position|职位",
}
_LABELLED = re.compile(
    r"(?<![\w@])(?:{})(?:\s?[/&]\s?(?:whats?app|wechat|mobile|mob|微信|手机))?\s?[:：.]?\s*(?=[+\w(])".format(
        "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    ),
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\+|00)?\(?\d[\d \-().]{5,20}\d")
_PLUS_NUMBER = re.compile(r"(?<![\w.])\+\d[\d \-().]{7,18}\d(?!\w)")
_BARE_NUMBER = re.compile(rf"{_PLUS_NUMBER.pattern}|(?<!\d)1[3-9]\d{{9}}(?!\d)")
_WECHAT = re.compile(r"[\w\-]{5,40}")
_SITE = re.compile(
    r"(?<![\w@.])(?:https?://)?(?:www\.[\w\-]+(?:\.[\w\-]+)+|(?<=://)[\w\-]+(?:\.[\w\-]+)+)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){1,3}|[\u4e00-\u9fff]{2,4}")
#: A last line that is a name and a number: 王芳 13812345678.
_SIGNED = re.compile(rf"({_NAME.pattern})[ ,，:：]+((?:\+|1[3-9])\d[\d \-]{{7,16}}\d)")
_FIRST_NAME = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{1,14}")
#: Parts of one line of a signature.
_BETWEEN = re.compile(r"\s+[|·•/–-]\s+|\s?[|·•]\s?|\t+|\s{3,}|,\s(?=[A-Z])")
#: Who writes for the platform and not for the buyer.
_SYSTEM = re.compile(
    r"^(?:no-?reply|noreply|feedback|service|notification|system|mailer-daemon)\b", re.IGNORECASE
)
_PLATFORMS = ("alibaba.com", "made-in-china.com", "globalsources.com", "dhgate.com", "tradekey.com")
_SIGNATURE_LINES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, as far as a text tells; ``points`` are kinds of contact points with what was written."""

    name: str | None = None
    job_title: str | None = None
    company: str | None = None
    country: str | None = None
    website: str | None = None
    points: tuple[tuple[str, str], ...] = field(default=())

    def point(self, *kinds: str) -> str | None:
        """The first way of contact of one of ``kinds``."""
        return next((value for kind, value in self.points if kind in kinds), None)

    @property
    def email(self) -> str | None:
        """The first mail address."""
        return self.point("email")

    @property
    def phone(self) -> str | None:
        """The first number to call."""
        return self.point("phone", "mobile", "whatsapp")


NOBODY = Asker()
"""Who asks where nothing was told."""


def asker(text: str, *, ours: Collection[str] = ()) -> Asker:
    """Who asks in ``text``; ``ours`` are folded addresses of our side, which never does, and ``@`` its domains."""
    sender = next(_senders(text, ours), ("", ""))
    signature = signature_of(text)
    pieces = [
        piece.strip(" ,;-*") for row in signature.split("\n") for piece in _BETWEEN.split(row)
    ]
    points = dict.fromkeys(_points(signature or text, ours))
    for found in MAIL.finditer(_TO.sub("", text)):
        if _is_theirs(found[0], ours):
            points.setdefault(("email", found[0]))
    if sender[1]:
        points = {("email", sender[1]): None, **points}
    elif not any(kind in ("phone", "mobile", "whatsapp") for kind, _ in points):
        points |= {("phone", found[0]): None for found in [_PLUS_NUMBER.search(text)] if found}
    company = _company_in(signature) or _company_in(_GREETING.sub("", text))
    title = next((piece for piece in pieces if _is_title(piece)), None)
    return Asker(
        name=(sender[0] if _is_name(sender[0]) else None) or _person_in(pieces) or None,
        job_title=title,
        company=company,
        country=_country_in(signature) or _country_in(text),
        website=next((found[0] for found in _SITE.finditer(signature or text)), None),
        points=_once(points),
    )


def signature_of(text: str) -> str:
    """What stands below the last closing words, up to where an earlier mail is quoted."""
    closings = list(CLOSING.finditer(text))
    if not closings:
        last = text.rstrip().rpartition("\n")[2]
        signed = _SIGNED.fullmatch(last.strip())
        return "\t".join(signed.groups()) if signed else ""
    rest = text[closings[0].end() :].strip("\n")
    quoted = _FROM.search(rest)
    rows = rest[: quoted.start() if quoted else len(rest)].split("\n")
    return "\n".join(rows[:_SIGNATURE_LINES])


def _is_theirs(address: str, ours: Collection[str]) -> bool:
    """Whether an address is neither of our side nor that of a platform that passes inquiries on."""
    folded = fold(address)
    host = folded.rpartition("@")[2]
    is_platform = any(f".{host}".endswith(f".{one}") for one in _PLATFORMS)
    return not (folded in ours or f"@{host}" in ours or is_platform or _SYSTEM.match(folded))


def _senders(text: str, ours: Collection[str]) -> Iterator[tuple[str, str]]:
    """Name and address of each "From:" line that is neither ours nor a platform's, in their order."""
    for line in _FROM.finditer(text):
        address = MAIL.search(line["who"])
        name = line["who"][: address.start() if address else None].strip(" <>[]()\"'*,:：")
        name = re.sub(r"\s*[\[<(]?\s*mailto$", "", name)
        if address is None and name and fold(name) not in ours:
            yield name, ""
        elif address is not None and _is_theirs(address[0], ours):
            yield name, address[0]


def _points(text: str, ours: Collection[str]) -> Iterator[tuple[str, str]]:
    """The labelled ways of contact and the numbers with a plus, in their order."""
    taken = text
    for label in _LABELLED.finditer(text):
        kind = next(name for name in _LABELS if label[name])
        pattern = _WECHAT if kind == "wechat" else _NUMBER
        value = pattern.match(text, label.end())
        if value is None or kind in ("email", "website", "job_title"):
            continue
        taken = taken.replace(value[0], " " * len(value[0]), 1)
        if kind != "fax":
            yield kind, value[0].strip()
    for found in MAIL.finditer(text):
        if _is_theirs(found[0], ours):
            yield "email", found[0]
    for number in _BARE_NUMBER.finditer(taken):
        yield "phone", number[0]


def _once(points: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """``points`` without those that say the same again."""
    kept: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, value in points:
        kept.setdefault((kind, re.sub(r"[\s\-().]", "", value.casefold())), (kind, value))
    return tuple(kept.values())


def _company_in(text: str) -> str | None:
    found = COMPANY.search(text)
    return found[found.lastgroup or 0].strip() if found else None


def _is_title(piece: str) -> bool:
    return is_job_title(piece) and len(piece) <= 60 and not COMPANY.search(piece)


def _is_name(words: str) -> bool:
    is_one = bool(_NAME.fullmatch(words) or _FIRST_NAME.fullmatch(words))
    return is_one and not is_job_title(words) and not COMPANY.fullmatch(words)


def _person_in(pieces: list[str]) -> str:
    """The first of the first pieces that is a name; a first name alone only at the very beginning."""
    filled = [piece for piece in pieces if piece][:4]
    for place, piece in enumerate(filled):
        words = re.sub(r"\s?[(（].*[)）]$", "", piece)
        if not _is_name(words) or fold(words) in territory_codes():
            continue
        if _NAME.fullmatch(words) or place == 0:
            return words
    return ""


@functools.cache
def _country_pattern() -> re.Pattern[str]:
    latin = sorted(
        (n for n in territory_codes() if n.isascii() and len(n) > 3), key=len, reverse=True
    )
    chinese = sorted((n for n in territory_codes() if not n.isascii()), key=len, reverse=True)
    return re.compile(
        rf"(?<![a-z])(?:{'|'.join(map(re.escape, latin))}|usa|uae)(?![a-z])|{'|'.join(map(re.escape, chinese))}"
    )


def _country_in(text: str) -> str | None:
    """The first country named in ``text``; China is left out, where the goods come from."""
    for found in _country_pattern().finditer(fold(text)):
        code = territory_codes()[found.group()]
        if code != "CN":
            return code
    return None
