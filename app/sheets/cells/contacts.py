"""Owns people and ways to reach them in cells: several mails or phones, a person with a phone.

Must not decide which company they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.directory.phones import Phone, PhoneKind, parse_phone
from app.kernel.messages import Message
from app.kernel.text import has_han
from app.kernel.wording.job_titles import is_job_title
from app.sheets.cells.reading import Problem, folded, tidy, unscientific, warning

_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}", re.ASCII)
#: ``info(at)kaida.com``, ``sales [at] kaida [dot] com``: written so that no machine finds it.
_AT_IN_WORDS = re.compile(r"\s*[\[(<{]\s*(?:at|ät|@)\s*[\])>}]\s*", re.IGNORECASE)
_DOT_IN_WORDS = re.compile(r"\s*[\[(<{]\s*(?:dot|punkt|punto|\.)\s*[\])>}]\s*", re.IGNORECASE)
_ONE_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}", re.ASCII)
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s,;，；、]+|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|de|ru|co\.\w\w|com\.\w\w|eu|it|fr|es|io|biz|info|uk|jp|kr)(?:/\S*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?<![\w.@])|(?<=[\u3400-\u9fff]))(?:\+|00)?\(?\d[\d\s().\-–·]{4,}\d(?:\s*\(?\s*(?:ext(?:ension|n)?\.?|x|#|转|分机号?|内線|内线|내선|доб\.?|внутр\.?|вн\.?|ramal|anexo|poste|interno|int\.?|wew\.?|máy lẻ|dahili|durchwahl|dw)\s*[:：]?\s*\d{1,6}\)?)?",
    re.IGNORECASE,
)
_BETWEEN_PHONES = re.compile(
    r"\s*[;；,，、|\n]\s*|\s+/\s*|\s*/\s+|(?<=\d{6})\s*/\s*(?=[+\d]{6}|0\d{1,4}-)|\s{2,}"
    # A whole phone behind another one, with nothing but a blank between.
    r"|(?<=\d{7})\s+(?=0\d{2,3}-\d{7}|1[3-9]\d{9}(?!\d)|\+\d)"
)
#: ``0711-123456``: the area that a number without one is of, which stands behind it: ``/123457``.
_WITH_AREA = re.compile(
    r"(?P<area>(?:(?:\+|00)\d{1,3}[\s-]*(?:\(0\)\s*)?)?\(?\d{2,5}\)?[\s-])\s*(?P<own>[1-9]\d{3,7})"
)
_WITHOUT_AREA = re.compile(r"[1-9]\d{3,7}")
#: ``0711/123456``, ``+49 (0)40 / 334455-0``, ``212/555-1234``: what stands before the stroke is no phone.
_AREA_AND_STROKE = re.compile(
    r"(?:(?<![\d/.-])(?<!\d )|(?<=\d{5}/))(?P<area>(?:\+|00)\d{1,3}[\s/.-]*(?:\(0\)\s*)?\(?[1-9]\d{0,4}\)?|\(?0\d{1,5}\)?"
    r"|[1-9]\d{1,4}(?=/\d{3}\D?\d{2}))\s?/\s?(?=[1-9][\d\s.-]{3,})"
)
_LABEL = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|fax|e-?mails?|wechat|whats\s?app|wa|qq|skype|office|direct|hp|ph|m|t|p|f)"
    r"\s*(?:no)?\.?\s*[:：]\s*|(?:电话|手机|邮箱|微信号?|传真|座机|联系方式|тел|моб|факс)\.?\s*[:：]?\s*",
    re.IGNORECASE,
)
#: What is left around a mail: ``Jimmy Chen <chen@hengfa.cn>``.
_EMPTY_BRACKETS = re.compile(r"[<(（\[]\s*[>)）\]]")
#: That a phone is a WeChat name, too.
SAME_AS_PHONE = re.compile(
    r"[(（]?\s*(?:微信(?:号)?同(?:号|步|手机号?)?|同微信号?|微信同)\s*[)）]?"
)
#: A name in a chat, or a number of QQ, that stands among phones and says which chat it is of.
_CHATS = (
    ("wechat", r"(?:we\s?chat|weixin|wx|vx|微信)", r"[a-z_][\w-]{4,}"),
    ("skype", r"skype", r"[a-z_][\w.:-]{4,}"),
    ("qq", r"qq", r"\d{5,11}"),
)
_NAMED_IN_CHAT = tuple(
    (
        field,
        re.compile(
            rf"(?<![^\W_]){chat}\s*(?:id|no\.?|号)?\s*[:：]?\s*({name})(?![\w@.-])", re.IGNORECASE
        ),
    )
    for field, chat, name in _CHATS
)
#: What every such cell has a sign of, found quickly in a column of bare phones.
_MAY_CHAT = re.compile(r"[wvsq]|微信", re.IGNORECASE)
_PIECES = re.compile(r"\s*[;；,，、|\n]\s*|\s+/\s+|\s*/\s*(?=[A-Za-z_][\w.]*@)|\s{2,}")
_CN_MOBILE = re.compile(r"(?:\+?86[\s-]?|0086[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})")
_CN_FIXED = re.compile(r"(?:\+?86[\s-]?)?\(?0?(10|2[0-57-9]|[3-9]\d{2})\)?[\s-]?([2-8]\d{6,7})")
#: Built like a Chinese fixed line, but with a number nobody has; told without a look into the plans.
_CN_DOUBTFUL = re.compile(r"0(?:10|2\d|[3-9]\d{2})-[019]\d{7}")
_BETWEEN_HAN_NAMES = re.compile(r"[、，,;；/\n]|\s{2,}")
_BETWEEN_LATIN_NAMES = re.compile(r"\s*[;/\n&]\s*|\s+and\s+")
_BETWEEN_PEOPLE = re.compile(r"\s*[\n;；|]\s*")
_BETWEEN_TITLED = re.compile(r"\s*[\n;；|、]\s*|(?<=[)）])\s*[,，/&]?\s*(?=\S)")
#: ``Mario Rossi (Sales)``
_TITLED = re.compile(r"(\D+?)\s*[(（]([^()（）]{2,40})[)）]?")
#: ``김민수 과장``
_KOREAN_TITLED = re.compile(
    r"([\uac00-\ud7a3]{2,4})\s+(대표(?:이사)?|사장|회장|전무|상무|이사|본부장|부장|차장|과장|대리|주임|사원|팀장|실장|매니저|소장|공장장)"
)
_NAME_EDGE = " ,，;；:：-–—/\\|()（）"


@dataclass(frozen=True, slots=True)
class Points:
    """What a contact cell holds, sorted by kind; ``rest`` is what none of the kinds took."""

    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    webs: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class CellPerson:
    """One of several people in a cell, each with ways to reach them."""

    name: str
    job_title: str
    points: Points
    wechat: str = ""


def read_emails(text: str, *, field: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The mail addresses in ``text``, lower-case domains; a warning for what only resembles one."""
    if _ONE_MAIL.fullmatch(text):
        return (_with_low_domain(text),), ()
    found = _mails(text)
    if found:
        return found, ()
    return (), (warning("cells.mail_not_understood", field, text=text),)


def may_hold_mail(text: str) -> bool:
    """Whether the sign of a mail stands in ``text``, be it in words: ``info(at)kaida.com``."""
    return "@" in text or _AT_IN_WORDS.search(text) is not None


def _mails(text: str) -> tuple[str, ...]:
    said = text if text.isascii() else folded(text)
    if may_hold_mail(said) and "@" not in said:
        said = _DOT_IN_WORDS.sub(".", _AT_IN_WORDS.sub("@", said))
    if "@" not in said:
        return ()
    found = dict.fromkeys(_with_low_domain(mail.strip(".'")) for mail in _MAIL.findall(said))
    return tuple(found)


def _with_low_domain(mail: str) -> str:
    name, _, domain = mail.rpartition("@")
    return f"{name}@{domain.lower()}"


def read_phones(
    text: str, *, field: str, country: str = "CN"
) -> tuple[tuple[Phone, ...], tuple[Problem, ...]]:
    """The phones in ``text``, as typed and in E.164 where that is certain, with warnings."""
    if country == "CN" and (phone := chinese_phone(text)) is not None:
        return (phone,), ()
    repaired = unscientific(text) if "E" in text or "e" in text else None
    if repaired is not None:
        digits, is_certain = repaired
        if not is_certain:
            return (), (warning("cells.phone_is_rounded", field, text=text),)
        return (phone_of(digits, country),), ()
    phones = tuple(phone_of(part, country) for part in _with_areas(_phone_parts(text)))
    if not phones:
        return (), (warning("cells.phone_not_understood", field, text=text),)
    return phones, ()


def take_chats(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The names in chats that stand among phones, by their field, and the text without them."""
    if not _MAY_CHAT.search(text):
        return (), text
    found: list[tuple[str, str]] = []
    for field, named in _NAMED_IN_CHAT:
        found += [(field, match[1]) for match in named.finditer(text)]
        text = named.sub(" ", text)
    return tuple(found), text


def phone_of(typed: str, country: str) -> Phone:
    """One phone; Chinese mobiles and fixed lines are told at once, others by the numbering plans."""
    found = chinese_phone(typed) if country == "CN" else None
    return found or parse_phone(typed, country)


def chinese_phone(typed: str) -> Phone | None:
    """The phone that ``typed`` is and nothing else, where its form alone tells a Chinese one."""
    if not typed.isascii():
        return None
    if match := _CN_MOBILE.fullmatch(typed):
        return Phone(typed, f"+86{match[1]}{match[2]}{match[3]}", PhoneKind.MOBILE, "CN")
    if typed.startswith("0") and (match := _CN_FIXED.fullmatch(typed)):
        return Phone(typed, f"+86{match[1]}{match[2]}", PhoneKind.FIXED, "CN")
    if _CN_DOUBTFUL.fullmatch(typed):
        return Phone(typed, problem=Message("directory.phone_not_valid", phone=typed))
    return None


def _with_dash(found: re.Match[str]) -> str:
    return found["area"].replace("/", " ") + "-"


def _phone_parts(text: str) -> list[str]:
    said = text.strip() if text.isascii() else folded(text)
    if said.isdigit() or _CN_MOBILE.fullmatch(said):
        return [said]
    said = _AREA_AND_STROKE.sub(_with_dash, _LABEL.sub(" ", said))
    parts = (
        match[0].strip(" -.").removeprefix("" if ")" in match[0] else "(")
        for piece in _BETWEEN_PHONES.split(said)
        for match in _PHONE.finditer(piece)
    )
    return [part for part in parts if 6 <= sum(c.isdigit() for c in part) <= 18]


def _with_areas(parts: list[str]) -> list[str]:
    """``0711-123456`` and ``123457``: a number as long as the one before is of its area."""
    if len(parts) == 1:
        return parts
    area, length = "", 0
    said = []
    for part in parts:
        if (before := _WITH_AREA.fullmatch(part)) is not None:
            area, length = before["area"], len(before["own"])
        elif _WITHOUT_AREA.fullmatch(part) and len(part) == length:
            part = area + part
        else:
            area, length = "", 0
        said.append(part)
    return said


def read_webs(text: str) -> tuple[str, ...]:
    """The web addresses in ``text``."""
    found = (web.rstrip(".,;)/") for web in _WEB.findall(text))
    return tuple(dict.fromkeys(web for web in found if web))


def read_points(text: str, *, country: str = "CN") -> Points:
    """A cell in which mails, phones and other ways to reach a person stand together."""
    mails = _mails(text)
    rest = _MAIL.sub(" ", text if text.isascii() else folded(text)) if mails else text
    webs = read_webs(rest)
    for web in webs:
        rest = rest.replace(web, " ")
    parts = _phone_parts(rest)
    phones = tuple(phone_of(part, country) for part in _with_areas(parts))
    rest = _AREA_AND_STROKE.sub(_with_dash, rest) if parts else rest
    for part in parts:
        rest = rest.replace(part, " ")
    rest = SAME_AS_PHONE.sub(" ", _EMPTY_BRACKETS.sub(" ", rest))
    pieces = (piece.strip(_NAME_EDGE) for piece in _PIECES.split(_LABEL.sub(" ", rest)))
    return Points(mails, phones, webs, "; ".join(piece for piece in pieces if piece))


def read_person(text: str, *, country: str = "CN") -> tuple[str, Points]:
    """A person's name, with the phones and mails that share the cell (``王小姐 13800000000``)."""
    if not any(c.isdigit() for c in text) and "@" not in text:
        return _name_in(tidy(text)), Points()
    points = read_points(text, country=country)
    return _name_in(points.rest.replace("; ", " ")), points


def _name_in(text: str) -> str:
    """``text`` without what stands around a name; brackets that belong to it stay whole."""
    name = text.strip(_NAME_EDGE)
    for opening, closing in ("()", "（）"):
        name += closing * (name.count(opening) > name.count(closing))
        name = opening * (name.count(closing) > name.count(opening)) + name
    return name


def read_people(text: str, *, country: str = "CN") -> tuple[CellPerson, ...]:
    """The people of a cell that has a line for each, with a phone or mail; empty for any other."""
    lines = [line for line in _BETWEEN_PEOPLE.split(text) if line.strip()]
    people = tuple(_person_of(line, country) for line in lines) if len(lines) > 1 else ()
    return people if all(one.name and _reaches(one.points) for one in people) else ()


def _person_of(line: str, country: str) -> CellPerson:
    points = read_points(line, country=country)
    name, _, more = points.rest.partition("; ")
    titled = _TITLED.fullmatch(name)
    name, title = (titled[1], titled[2]) if titled else (name, more)
    wechat = points.phones[0].typed if points.phones and SAME_AS_PHONE.search(line) else ""
    return CellPerson(name.strip(_NAME_EDGE), title.strip(_NAME_EDGE), points, wechat)


def _reaches(points: Points) -> bool:
    return bool(points.emails or points.phones)


def titled_person(name: str) -> tuple[str, str]:
    """A name and the job title in brackets behind it, which is empty where they hold anything else."""
    if "\uac00" <= name[-1:] <= "\ud7a3":
        found = _KOREAN_TITLED.fullmatch(name)
        return (found[1], found[2]) if found else (name, "")
    found = _TITLED.fullmatch(name) if name.endswith((")", "）")) else None
    return (found[1], found[2]) if found and is_job_title(found[2]) else (name, "")


def titled_people(text: str) -> tuple[CellPerson, ...]:
    """The people of a cell of whom some have their job in brackets: ``Mr. Chen (GM)``, ``Ms. Liu (Sales)``."""
    names = [name for name in _BETWEEN_TITLED.split(text.strip()) if name.strip()]
    told = [titled_person(name.strip()) for name in names] if len(names) > 1 else []
    if not any(title for _, title in told) or any(c.isdigit() for c in text):
        return ()
    return tuple(CellPerson(name, title, Points()) for name, title in told)


def people_in(name: str) -> tuple[str, ...]:
    """The persons named in one cell, when a list of names stands there."""
    parts = (_BETWEEN_HAN_NAMES if has_han(name) else _BETWEEN_LATIN_NAMES).split(name)
    return tuple(part.strip() for part in parts if part.strip())
