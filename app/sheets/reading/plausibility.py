"""Owns how plausible decoded text is as writing that a person could have meant.

A wrong encoding still decodes: Big5 bytes read as GB18030 give Chinese characters nobody uses.
So each character outside ASCII is weighed by how common it is and by its neighbours. Must not
know bytes or encodings.
"""

from __future__ import annotations

import functools
import unicodedata

from app.kernel.text import is_han, simplify

#: Chinese characters (simplified) that make up most of running text, names of companies and
#: places, and price lists.
_FREQUENT_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产"
    "种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业"
    "本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利"
    "比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文"
    "总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干"
    "做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共"
    "权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张"
    "信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验"
    "连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写"
    "存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    "份限股司证券期货码州苏浙沪津湖河黑龙吉辽宁陕甘川云贵琼港澳台湾址邮编姓话真职采购询盘箱尺寸净毛税含"
    "起订样免费付款交船港币欧元英镑灯具塑料橡胶棉绸皮革钢铝铜锌镀涂漆瓷玻璃纸盒袋杯瓶桌椅玩五金服饰鞋帽"
    "锈螺丝钉母栓管阀泵轴承缆圈板架柜锅碗刀叉勺伞包毯毛巾枕垫窗帘沙发凳笔墨胶带标签卡片礼品饰珠链针织布料丝"
    "器械设备配零件模块屏幕耳机键鼠充池源插座开关调温控频声响控灶炉烤煮蒸冷冻藏"
    "景简述特详开放免票停观光区乡镇村里街号楼层室园庙寺古旅游宿客食味店馆镜湾岛森步瀑温泉"
)
_FREQUENT_HANGUL = (
    "이다는을의에가지한고하도사로자시기아인어리서대전들일그해나수정보부장제상스주성과안문조조구소원공마비"
    "동만여라면회업국세신연경방선있것으게은를등및용품번호명량단금액포함관적합계처무트레미오래식개발각호출"
)
_COMMON_LATIN = "äöüßÄÖÜéèêëàâçîïôûñóíáúÉÀÇÑÁåøæÅØãõœŠšŽžěčřůňŘČĚąćęłńśźżŁŚŻőűğışİŞăâîșțţ"
_COMMON_CYRILLIC = "оеаинтсрвлкмОЕАИНТСРВЛКМ"
_COMMON_GREEK = "αοιετσνηυρκπλμςάέήίόύώΑΟΙΕΤΣΝΗΥΡΚΠΛΜ"
#: Vowels of Thai that are written in front of the consonant they follow in speech.
_LED_BY_THAI = "เแโใไ"
#: Of Greek these are hardly ever written; what is Cyrillic in another encoding is full of them.
_RARE_GREEK = "ΐΰ"
_COMMON_LETTERS = frozenset(_COMMON_LATIN)
_WESTERN_MARKS = frozenset("“”‘’„–—…•€£¥©®™°²³½¼§«»·×±´\xa0ºªµ¿¡‚")
_APOSTROPHES = frozenset("’´·")


@functools.cache
def _frequent() -> frozenset[str]:
    return frozenset(_FREQUENT_HAN)


def plausibility(text: str) -> float:
    """How likely ``text`` is what its writer meant: about 1 for sure, 0 or less for mojibake.

    Judged over the characters outside ASCII; text without any is wholly plausible.
    """
    weights = 0.0
    count = 0
    before = " "
    for position, character in enumerate(text):
        if character >= "\x80" or (character < " " and character not in "\t\r\n"):
            after = text[position + 1] if position + 1 < len(text) else " "
            weights += _weight(character, before, after)
            count += 1
        before = character
    return weights / count if count else 1.0


def _weight(character: str, before: str, after: str) -> float:
    if character < " " or "\x80" <= character <= "\x9f" or "\ue000" <= character <= "\uf8ff":
        return -1.0
    if is_han(character):
        return _han_weight(character, before, after)
    if "\uac00" <= character <= "\ud7a3":
        return 1.0 if character in _FREQUENT_HANGUL else 0.35
    if "\u3041" <= character <= "\u30ff":
        return 0.8
    if "\uff61" <= character <= "\uff9f":  # half-width katakana: single bytes of Shift-JIS
        return -0.3
    if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e":
        return 0.8
    if character.isalpha():
        return _letter_weight(character, before, after)
    return _mark_weight(character, before, after)


def _han_weight(character: str, before: str, after: str) -> float:
    if simplify(character) in _frequent():
        return 1.0
    if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
        return -0.5
    return 0.45 if _is_ordinary_han(character) else 0.1


@functools.cache
def _is_ordinary_han(character: str) -> bool:
    """Whether the character, simplified, is among the 3,755 of the first level of GB 2312."""
    try:
        code = simplify(character).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return code < b"\xd8"


@functools.cache
def _script(character: str) -> str:
    return unicodedata.name(character, "?").split(" ")[0]


def _letter_weight(character: str, before: str, after: str) -> float:
    """Letters of alphabets: right among letters of their own script and case."""
    script = _script(character)
    neighbours = [n for n in (before, after) if n.isalpha()]
    if any(_script(n) != script for n in neighbours):
        return -0.5
    if before.isalpha() and before.islower() and character.isupper():
        return -0.6
    if script == "CYRILLIC" and neighbours:
        return 1.0 if character in _COMMON_CYRILLIC else 0.6
    if script == "GREEK" and neighbours:
        return _greek_weight(character, after)
    if character in _LED_BY_THAI and not after.isalpha():
        return -0.3
    if script != "LATIN":
        return 0.85 if neighbours else 0.2
    foreign = sum(not n.isascii() for n in neighbours)
    common = 0.9 if character in _COMMON_LETTERS else 0.6
    return common - 0.45 * foreign - (0.0 if neighbours else 0.3)


def _greek_weight(character: str, after: str) -> float:
    """Greek letters; the sigma of a word's end stands nowhere else."""
    if character in _RARE_GREEK or (character == "ς" and after.isalpha()):
        return -0.3
    return 1.0 if character in _COMMON_GREEK else 0.6


def _mark_weight(character: str, before: str, after: str) -> float:
    """Signs: common ones between words, hardly ever inside one."""
    if unicodedata.combining(character) or _script(character) == "THAI":
        return 0.6 if before >= "\x80" else -0.3
    if character not in _WESTERN_MARKS:
        return -0.1
    if before.isalpha() and after.isalpha() and character not in _APOSTROPHES:
        return -0.3
    return 0.6
