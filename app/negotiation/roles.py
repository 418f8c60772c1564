"""Owns telling who of a conversation asks and who quotes, by what they say.

Which of the two is us depends on whom we talk with: a buyer abroad asks us, and in Chinese, with no
foreign money in it, we ask a factory. With foreign money it may be either: then it counts who
stands between a customer and a factory. What stays unclear is left open. Must not know names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.kernel.text import has_han

_ASKS = re.compile(
    r"\b(?:please|pls|kindly|could you|can you|would you)\b[^.?!\n]{0,40}\b(?:quote|quotation|offer|price)"
    r"|\bhow much\b|\bwhat(?:'s| is| are) (?:your|the) (?:best |lowest )?(?:prices?|moq)"
    r"|\byour (?:best |lowest |final |last )?(?:prices?|offer|quotation|moq)\b|\bour (?:target|budget|customers? wants?)"
    r"|\blooking for\b|\bwe(?:'re| are)? (?:need|want|require|interested)|\bneed \d|\binterested in\b|\bprices? for \d"
    r"|\bdo you (?:have|make|produce|supply|offer)\b|\btoo (?:high|expensive)\b"
    r"|多少钱|什么价|怎么卖|报个?价[吗吧?？]|请报|麻烦报|求购|我[们司]?需要|需要\s?\d|想要|目标价|你们?的?(?:最低|报价|价格|起订|MOQ)"
    r"|贵司|能不能便宜|便宜[点些]|太[贵高]|起订量?是?多少",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"\b(?:our|my) (?:best |final |lowest |unit |last )?(?:prices?|offer|quotation|quote|moq|factory|catalogue)\b"
    r"|\bwe (?:can|could) (?:offer|do|give|supply|make|quote)|\bwe (?:offer|quote|produce|manufacture|supply)\b"
    r"|\b(?:quotation|offer|price list) (?:is )?(?:attached|as (?:below|follows))|\bmoq\s?(?:is|[:=])?\s?\d"
    r"|(?:USD|US\$|\$|EUR|€|RMB|CNY|¥)\s?\d[\d.,]*[^\n]{0,16}\b(?:EXW|FCA|FOB|CFR|CIF|DAP|DDP)\b"
    r"|我[们司]?的?(?:最低|报价|价格|工厂|起订|可以做|能做)|我厂|报价如下|给[您你](?:报|做|按)|起订量?\s?(?:是|为|[:：])?\s?\d"
    r"|最低(?:做|给)|含税\d",
    re.IGNORECASE,
)
_FOREIGN_MONEY = re.compile(r"USD|US\$|\$|EUR|€|GBP|£|美[金元]|欧元", re.IGNORECASE)
#: ``USD 2.1`` is of no language.
_HAS_WORDS = re.compile(r"[a-z]{2}|[^\x00-\x7f]")
#: What one says who has a customer behind, or a factory: a house of foreign trade, as ours is.
_IS_BETWEEN = re.compile(
    r"我(?:的|们的|这边的?)?客[户人](?!都)|(?:国外|海外|外国|终端)(?:的)?客[户人]|老外|外商"
    r"|客[户人](?:那边|的?目标|要[求的]?|说|嫌|觉得|问|想|需要|催|反馈)|贵厂|你们?的?(?:工)?厂(?!家)"
    r"|(?:问|跟|和|让|催|找)(?:一下|下)?(?:工厂|厂家|供应商)|(?:工厂|厂家|供应商)(?:那边|回复|报[价的过])"
)
_IS_FACTORY = re.compile(r"我[们司]?的?(?:工)?厂(?!家)|本厂|咱们?厂|我们?(?:的)?(?:车间|生产线)")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is us and who is not, as far as words tell; both empty where they don't."""

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


def roles(said: Iterable[tuple[str, str]], *, are_we_asked: bool = False) -> Roles:
    """The sides of those who ``said`` something: each a person's key and the words.

    Where it is known that we are asked, as in an inquiry, the language tells nothing.
    """
    every = list(said)
    leaning = Counter[str]()
    for person, text in every:
        leaning[person] += len(_QUOTES.findall(text)) - len(_ASKS.findall(text))
    sellers = frozenset(person for person, lean in leaning.items() if lean > 0)
    askers = frozenset(person for person, lean in leaning.items() if lean < 0)
    texts = [text for _, text in every if _HAS_WORDS.search(text)]
    if are_we_asked or 2 * sum(map(has_han, texts)) <= len(texts):
        return Roles(ours=sellers, theirs=askers)
    if any(_FOREIGN_MONEY.search(text) for text in texts):
        return _between_customer_and_factory(every)
    return Roles(ours=askers, theirs=sellers)


def _between_customer_and_factory(said: Iterable[tuple[str, str]]) -> Roles:
    """Those who have a customer or a factory behind them are us, those who are a factory are not."""
    every = tuple(said)
    people = {person for person, _ in every}
    between = {person for person, text in every if _IS_BETWEEN.search(text)}
    factories = {person for person, text in every if _IS_FACTORY.search(text)}
    ours, theirs = between - factories, factories - between
    return Roles(frozenset(ours), frozenset(theirs)) if ours != people else Roles()
