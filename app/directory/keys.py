"""Owns the keys by which a company is found that may be another one, as far as they need no book.

Must not decide what is the same; ``duplicates`` does.
"""

from __future__ import annotations

from app.directory.company_words import free_mail_domains

#: Kinds of contact points that are phones.
PHONES = frozenset(("phone", "mobile", "whatsapp"))
#: Letters of a spoken name; shorter ones are shared by too many.
SHORTEST_SOUND = 4


def point_keys(kind: str, normal: str) -> tuple[str, ...]:
    """The keys of one way of contact, in its compared form."""
    if kind == "email":
        domain = normal.rpartition("@")[2]
        own = (f"domain:{domain}",) if domain and domain not in free_mail_domains() else ()
        return f"mail:{normal}", *own
    return (f"phone:{normal}",) if kind in PHONES else ()
