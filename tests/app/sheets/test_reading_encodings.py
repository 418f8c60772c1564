"""Owns the checks that text is read in the encoding it was written in.

Must not look at separators or cells.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.sheets.reading.encodings import decode

CHINESE = "公司名称,联系人,单价\n深圳市华强照明有限公司,张经理,¥58.5含税\n宁波海天塑料机械厂,李小姐,面议\n"
TAIWAN = "公司名稱,聯絡人\n高雄市鳳山區不鏽鋼螺絲股份有限公司,王小姐\n"
JAPANESE = "株式会社山田製作所,東京都港区,電話番号\nステンレス鋼 ボルト\n"
KOREAN = "주식회사 한국전자,서울특별시 강남구,전화번호\n수량,단가,금액\n"
RUSSIAN = "Торговый дом Ромашка,Москва,цена 120 руб.\nТруба стальная\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (CHINESE, "gb18030", "gb18030"),
        (TAIWAN, "cp950", "big5"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "cp949", "euc_kr"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (RUSSIAN, "cp866", "cp866"),
        ("Müller Söhne GmbH,Straße 5\nBüro Größe\n", "cp1252", "cp1252"),
        ("Société générale,Besançon,prix 12 €\n", "cp1252", "cp1252"),
        ("Spółka z o.o.,Łódź,złoty\nŻółć gęś\n", "cp1250", "cp1250"),
        ("İstanbul Şirketi,Türkiye,ığdır\n", "cp1254", "cp1254"),
        ("Ελληνική Εταιρεία,Αθήνα\n", "cp1253", "cp1253"),
        ("Επωνυμία;Πόλη;Υπεύθυνος\nΑφοί Παπαδόπουλοι ΑΕ;Θεσσαλονίκη;Γιώργος\n", "cp1253", "cp1253"),
        ("บริษัท ไทยรุ่งเรือง จำกัด,กรุงเทพ\nที่อยู่,โทรศัพท์\n", "cp874", "cp874"),
        ("Код;Статус\n" + "".join(f"{number};Да\n" for number in range(60)), "cp1251", "cp1251"),
    ],
)
def test_national_encodings_are_told_apart(text: str, encoding: str, named: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == named
    assert decoded.unreadable == 0


@pytest.mark.parametrize("text", [CHINESE, TAIWAN, JAPANESE, KOREAN, RUSSIAN, "a,b\n1,2\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str, mark: str) -> None:
    decoded = decode((mark + text).encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    data = (CHINESE * 5).encode() + b"\xe5\x85\n"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(CHINESE)
    assert decoded.unreadable == 1


def test_the_chosen_encoding_overrules_the_guess() -> None:
    decoded = decode("Müller".encode("cp1252"), "gbk")
    assert decoded.encoding == "gbk"
    assert decoded.text.startswith("M")


def test_an_encoding_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AppError) as trouble:
        decode(b"a", "klingon")
    assert trouble.value.message.key == "sheets.text.unknown_encoding"


@pytest.mark.parametrize(
    ("place", "encoding", "words"),
    [
        ("hostile/big5-taiwan-attractions.csv", "big5", "景點中文名稱"),
        ("suppliers/cn-listed-companies-gbk.csv", "gb18030", "神州高铁技术股份有限公司"),
        ("made/buyers-inquiries-gbk.csv", "gb18030", "USD 1.20"),
        ("hostile/premiere-win1252.csv", "cp1252", "première"),
        ("hostile/latin1-german-sparse.csv", "cp1252", "Trägerorganisationen"),
        ("hostile/premiere-utf32le-bom.csv", "utf-32-le", "première"),
        ("hostile/utf16le-bom.csv", "utf-16-le", "Organisation_code"),
        ("hostile/utf8bom.csv", "utf-8", "kitten"),
    ],
)
def test_real_files_are_read_in_their_encoding(
    shared_sheets: Path, place: str, encoding: str, words: str
) -> None:
    decoded = decode((shared_sheets / place).read_bytes())
    assert decoded.encoding == encoding
    assert words in decoded.text
    assert decoded.unreadable == 0
