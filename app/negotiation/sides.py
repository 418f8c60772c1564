"""Owns telling our side of a conversation from theirs.

What is known decides: our own addresses, then the addresses and names of contacts in the book. Where
nothing is known, the names that chat programs give the owner of the phone, the file's name (a chat
export is called after the other person, a mailbox of what was sent holds ours), numbers in the place
of names, whose mailbox it is and who asks and who quotes help; who wrote first tells nothing. Must not read or store anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol

from app.kernel.text import fold, has_han
from app.negotiation.reading.message import Person
from app.negotiation.roles import roles

#: What chat programs and people call the owner of the phone.
OWN_NAMES = frozenset({"me", "you", "我", "你", "ich", "yo", "eu", "moi", "io", "myself", "自己"})
#: What mail programs call the folder of what was sent; its export is called so, too.
_SENT = re.compile(
    r"(sent|outbox|gesendet|enviad[ao]s|envoy[ée]s|inviat[ai]|已发送|已发邮件|发件箱)"
    r"([ _-]?(items|mails?|messages|elemente|邮件))?([ _-]?\(?\d+\)?)?(\.\w+)?"
)
_PUBLIC_HOSTS = frozenset(
    {
        *(
            "gmail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "yahoo.com",
            "icloud.com",
            "aol.com",
        ),
        *("qq.com", "163.com", "126.com", "foxmail.com", "sina.com", "sohu.com", "aliyun.com"),
        *("139.com", "yeah.net", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "msn.com"),
    }
)

#: A phone calls those by their number whom it does not know; its owner it knows.
_NUMBER = re.compile(r"\+?\d[\d ()-]{6,}")

#: Of a long conversation so many messages tell the sides.
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Whom the book knows: folded addresses and names of our side and of contacts."""

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


def key_of(person: Person) -> str:
    """The folded form by which a person of a message is compared: the address, or the name."""
    return fold(person.address or person.name)


class Utterance(Protocol):
    """What the rule looks at of a message, read or stored."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def sender(self) -> Person:
        """Who sent it."""

    @property
    def recipients(self) -> tuple[Person, ...]:
        """Who got it."""


def own_keys(
    messages: Sequence[Utterance],
    known: KnownPeople,
    *,
    file: str = "",
    are_we_asked: bool = False,
) -> frozenset[str]:
    """The keys of the people in ``messages`` who are us; empty when nothing tells.

    ``file`` is the name of the file the messages came in; in an inquiry it is we who are asked.
    """
    people = everyone(messages)
    if ours := _known_as_us(messages, known):
        return ours
    if _SENT.fullmatch(fold(file)):
        return frozenset(key_of(message.sender) for message in messages) - {""}
    theirs = people & known.theirs or named_by(file, people) or _numbered(people)
    if not theirs:
        said = ((key_of(m.sender), m.text) for m in messages[:_LOOKED_AT])
        told = roles(said, are_we_asked=are_we_asked)
        if told.ours or not told.theirs:
            return told.ours
        theirs = told.theirs
    their_hosts = {_host(key) for key in theirs} - {"", *_PUBLIC_HOSTS}
    met = _met(messages, theirs) - theirs
    return frozenset(k for k in met if not _host(k) or _host(k) not in their_hosts)


def everyone(messages: Iterable[Utterance]) -> frozenset[str]:
    """The keys of all who wrote or got one of ``messages``."""
    return frozenset(key for message in messages for key in _those_of(message))


def with_colleagues(people: Iterable[str], keys: Set[str]) -> frozenset[str]:
    """Those of ``people`` who are among ``keys``, or have the same house after the @."""
    hosts = {_host(key) for key in keys} - {"", *_PUBLIC_HOSTS}
    return frozenset(key for key in people if key in keys or _host(key) in hosts)


def with_the_owner(
    messages: Sequence[Utterance], known: KnownPeople, *, file: str = ""
) -> KnownPeople:
    """``known``, and where nobody of ``messages`` is known as us, the one whose mailbox they are.

    That one is in every mail, with others who are not.
    """
    people = everyone(messages)
    if _known_as_us(messages, known):
        return known
    common = frozenset.intersection(*map(_those_of, messages)) if messages else frozenset()
    owner = common - known.theirs - named_by(file, people)
    is_a_mailbox = len(owner) == 1 and len(people) > len(common) + 1
    return replace(known, ours=known.ours | owner) if is_a_mailbox else known


def _known_as_us(messages: Sequence[Utterance], known: KnownPeople) -> frozenset[str]:
    """The keys of those the book knows as us, by address; else by a full name at another address."""
    people = everyone(messages)
    if ours := with_colleagues(people, known.ours | OWN_NAMES):
        return ours
    every = {one for m in messages for one in (m.sender, *m.recipients) if one.address}
    named = {key_of(one) for one in every if fold(one.name) in known.ours and _is_full(one.name)}
    return with_colleagues(people, named)


def _is_full(name: str) -> bool:
    return " " in name.strip() or (has_han(name) and len(name) > 1)


def _those_of(message: Utterance) -> frozenset[str]:
    return frozenset(map(key_of, (message.sender, *message.recipients))) - {""}


def _met(messages: Sequence[Utterance], theirs: Set[str]) -> frozenset[str]:
    """Those who wrote with ``theirs``; a chat, whose messages go to all in it, is of all of them."""
    if not all(message.recipients for message in messages):
        return everyone(messages)
    return frozenset().union(*(each for m in messages if theirs & (each := _those_of(m))))


def _host(key: str) -> str:
    return key.rpartition("@")[2] if "@" in key else ""


def _numbered(people: Iterable[str]) -> set[str]:
    return {key for key in people if _NUMBER.fullmatch(key)}


def named_by(file: str, people: Iterable[str]) -> set[str]:
    """Those of ``people`` (keys) whom the name of a file names: whom the conversation is with."""
    folded = fold(file)
    return {key for key in people if len(key) > 2 and "@" not in key and key in folded}
