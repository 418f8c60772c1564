"""Owns telling a price put forward from one that a message only mentions.

Mentioned are what the other side said, what was paid before, what somebody else asks, what all of it
comes to, what is paid beside the goods, and by how much a price moves. Must not read prices.
"""

from __future__ import annotations

import re

from app.kernel.wording.amounts import SpokenPrice
from app.kernel.wording.spans import Found

_REPORTED = re.compile(
    r"(?:\byour?(?:r)?\s(?:\w+\s){0,2}(?:price|offer|quote|quoted|offered|quotation)|instead of|\bnot\b|\bwas\b|\bwere\b"
    r"|\bfrom|market price|discount (?:on|off|from)|贵司|你们?报|您报|不是|从)"
    r"(?:(?!\.\s)[^\d\n。!?！？]){0,20}$",
    re.IGNORECASE,
)
#: What was paid or asked before; what is said of now ends it.
_FORMER = re.compile(
    r"(?:\b(?:previous(?:ly)?|formerly|used to|last (?:time|order|year|season|month|batch|shipment|purchase))"
    r"|\b(?:old|former|earlier|initial|original) (?:unit )?(?:price|quote|quotation|offer)"
    r"|\bwe(?:['’]ve| have| were|['’]re| are)? (?:been )?(?:buying|paying|paid|bought|purchased|got|had|ordered|sold)\b|\bin 20\d\d\b|\b20[12]\d年?[:：]"
    r"|去年|前年|上次|上回|上一?批|上一?单|上个?月|以前|以往|之前|原来|原先|原价|原报价?|老价|旧价|曾经|本来)"
    r"(?:[,，]\s?)?(?P<since>(?:(?!\.\s)[^\n,，。;；!?！？]){0,40})$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|this (?:time|year|order)|currently|new|but)\b|现在?|但是?|今年|这次|这回|目前|本次|最低|最多|降到|涨到|改为|改成|调整?[到为]",
    re.IGNORECASE,
)
#: 按去年的价格12.8 offers the former price again; 由13.5调整为 leaves it.
_AGAIN = re.compile(
    r"(?:\b(?:same|keep|hold|maintain|stick to|match)\b[^\d\n,]{0,16}|(?:按|照|还是|维持|保持|同|和|跟)[^\d\n,，]{0,4})$",
    re.IGNORECASE,
)
_LEFT = re.compile(r"由\s?$")
_LEFT_FOR = re.compile(
    r"[^\d\n]{0,4}(?:调整?|改|降|涨|变)[到为成]"
    r"|\s(?:at|to|with|from)\s(?:our\s|the\s|my\s|an?\s)?(?:present|current|existing|other|another|old|last)\s(?:supplier|vendor|factory|source)"
    r"|\s(?:before|previously|last (?:time|year|month|order))\b",
    re.IGNORECASE,
)
#: What somebody can't do is not his price; "can't go below 1.9" is.
_REFUSED = re.compile(
    r"(?:\b(?:can ?not|can['’]?t|couldn['’]?t|unable to|impossible to)\s(?:accept|do|agree|make|take|meet|match|sell|buy)"
    r"|接受不了|做不了|做不到|[不没]能?接受|无法(?:接受|做到?))[^\d\n,，]{0,12}$",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"\s?(?:我们?|真的?|肯定|实在|是)?(?:做不了|做不到|不行|不可能|接受不了|没法做|做不下来)"
    r"|\s(?:is|are)\s(?:not|im)\s?(?:possible|workable|acceptable)\b",
    re.IGNORECASE,
)
#: Nobody calls his own price too high, or asks for less than it.
_TOO_HIGH = re.compile(
    r"\s*(?:fob|exw|cif|cfr|ddp)?\s*(?:is|are|was|的?价格?)?\s*(?:still|a (?:bit|little)|way|much|really)?\s*too (?:high|expensive|much)\b"
    r"|\s(?:ist|sind|es|está)\s(?:\w+\s)?(?:zu|muy|demasiado)\s(?:teuer|hoch|alt[oa]|car[oa])|\s[-–—]?\s?(?:слишком\s|очень\s)?(?:высокая|высоко|дорого)"
    r"|[^\d\n,，。.;；]{0,6}(?:便宜|[优实]惠|[太偏]贵|[太偏]高|贵了|高了)|\s?贵",
    re.IGNORECASE,
)
#: What a third party wants is told to make one's own price understood.
_CUSTOMER = r"客户|客人|终端|\b(?:my|our|the|end)\s(?:\w+\s)?(?:customer|client|buyer)s?|\bother\s(?:customer|client|buyer)s?"
_RIVAL = (
    r"别家|别人|人家|同行|另一家|别的|其他(?:厂|家|供应商|工厂)|\b(?:an)?other\s(?:supplier|factory|vendor|company|offer|quote|source)s?"
    r"|\bwe(?:['’]ve| have)? (?:received|got|have|had) an? (?:\w+ )?(?:quote|offer|price|quotation)"
    r"|\breference price|参考价|市场价|行情|\bcompetitors?|\bsomeone else|\belsewhere"
)
_CUSTOMERS = re.compile(rf"(?:{_CUSTOMER})[^\d\n。.!?！？;；]{{0,24}}$", re.IGNORECASE)
_RIVALS = re.compile(rf"(?:{_RIVAL})[^\d\n。.!?！？;；]{{0,24}}$", re.IGNORECASE)
#: What all of it comes to is no price of one; without a product before it a "=" leads to the price.
_TOTAL_BEFORE = re.compile(
    r"(?:[x×*]\s*(?:[a-z]{2,3}|[$€£¥])?\s*[\d.,]+[^\d\n=]{0,12}=|\btotal(?:\s(?:amount|value|price|budget|cost))?(?:\s(?:is|of))?|\border (?:value|amount)(?:\s(?:is|of|will be|would be))?(?:\s(?:around|about))?|总价|总额|总金额|合计|共计|总共|一共)\s*[:：]?\s*(?:约|为|是)?\s*$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^\s*(?:in total(?!\s(?:quantity|of))|total\b(?!\s(?:per|each))|altogether|in all)",
    re.IGNORECASE,
)
#: What is paid once or for the way, beside the goods; a price may include it.
_CHARGE = re.compile(
    r"(?:\b(?:sample|mou?ld|tooling|die|setup|set-up|screen|plate|deposit|balance|down ?payment|freight|shipping|courier|express|inspection|bank|packing|inland|trucking)"
    r"s?(?:\s(?:cost|fee|charge|price|expense)s?)?(?:\s(?:to|from)\s\w+)?"
    r"|(?:样品|打样)(?:单?价)?|(?:样品|打样|开模|模具|开版|制版|版|运|海运|快递|物流|验货|印刷|包装|改图|手续|测试|检测)费用?|[定订]金|[尾余]款)"
    r"(?:\s?(?:is|are|was|of|about|around|will be|would be|costs?|大?约|大概|是|为|要|收|另收|另算|[:：=]))?\s*(?:USD|US\$|[$€£¥])?\s*$",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"(?:\bincl\w*|\bwith|\bplus|含|包)\s?(?:\w+\s)?$", re.IGNORECASE)
_CHARGED = re.compile(
    r"\s?(?:for|as)\s(?:the\s|a\s|an\s)?(?:sample|mou?ld|tooling|freight|shipping|courier|inspection|setup)"
    r"|\s?(?:per|/|a)\s?(?:(?:20|40|45)\s?(?:['’]|ft|gp|hq|hc|dv)|container|fcl|teu)|\s?[/一每]?(?:个|条)?(?:大柜|小柜|高柜|整柜)"
    r"|(?:的)?(?:样品|打样|开模|模具|版|运)费",
    re.IGNORECASE,
)
#: By how much a price moves: 降0.3, but not 降到12.5.
_CHANGE_BEFORE = re.compile(
    r"(?:\b(?:reduce|lower|cut|drop|decrease|increase|raise|rise|up|down)(?:d|s|ed)?\s(?:\w+\s){0,2}by|\badd(?:ing)?|\bplus|\bextra|\badditional|\bsave"
    r"|(?<!最)(?:[再多少加减降涨让]|便宜|优惠|贵|高|低|省|差)(?:个|了|点|一点|掉|价)?|[+＋])\s*(?:USD|US\$|[$€£¥])?\s*$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s?(?:per\s\w+\s|/\w+\s|each\s)?(?:off|less|more|extra|cheaper|higher|lower|discount|reduction|difference)\b(?!\sthan)",
    re.IGNORECASE,
)


def is_mentioned(text: str, found: Found[SpokenPrice]) -> bool:
    """Whether the price ``found`` in ``text`` is only told of: not the speaker's, of before, or of something else."""
    line = text[max(0, found.start - 70) : found.start].rpartition("\n")[2]
    behind = text[found.end : found.end + 40]
    if _REPORTED.search(line[-60:]) or _TOO_HIGH.match(behind):
        return True
    if _REFUSED.search(line) or _REFUSED_AFTER.match(behind):
        return True
    return (
        _is_former(line, behind)
        or _is_charge(line, behind)
        or bool(_CHANGE_BEFORE.search(line) or _CHANGE_AFTER.match(behind))
        or (found.value.unit is None and _is_total(line, behind))
        or (bool(_RIVALS.search(line)) and not _CUSTOMERS.search(line))
    )


def is_of_customers(text: str, found: Found[SpokenPrice]) -> bool:
    """Whether the price is what a customer behind the speaker wants: a wish where nothing else is said."""
    return bool(_CUSTOMERS.search(text[max(0, found.start - 60) : found.start]))


def _is_former(line: str, behind: str) -> bool:
    if _LEFT_FOR.match(behind) and (_LEFT.search(line) or behind.startswith(" ")):
        return True
    former = _FORMER.search(line)
    if former is None or _NOW.search(former["since"]):
        return False
    return _AGAIN.search(line[: former.start()]) is None


def _is_charge(line: str, behind: str) -> bool:
    charge = _CHARGE.search(line)
    if charge is not None:
        return _INCLUDING.search(line[: charge.start()]) is None
    return _CHARGED.match(behind) is not None


def _is_total(line: str, behind: str) -> bool:
    return bool(_TOTAL_BEFORE.search(line[-30:]) or _TOTAL_AFTER.match(behind[:20]))
