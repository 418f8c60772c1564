"""Names of companies fold to one key whatever their legal form, place and spelling."""

from __future__ import annotations

import pytest

from app.directory.names import folded_name, name_key, name_similarity, sound_of_key, sounds


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("宁波浩宇进出口有限公司", "浩宇进出口"),
        ("宁波浩宇进出口有限公司", "寧波浩宇進出口有限公司"),
        ("宁波市浩宇进出口有限公司", "浙江省宁波市浩宇进出口有限责任公司"),
        ("浩宇进出口(宁波)有限公司", "浩宇进出口（宁波） 有限公司"),
        ("浩宇进出口（宁波）有限公司", "宁波浩宇进出口有限公司"),
        ("宁波浩宇进出口有限公司", "宁波 浩宇 进出口 有限公司"),
        ("３Ｍ中国有限公司", "3M中国有限公司"),
        ("深圳市华强电子股份有限公司", "华强电子集团有限公司"),
        ("义乌市小商品玩具厂", "小商品玩具厂"),
        ("浩宇有限公司宁波分公司", "浩宇有限公司"),
        ("Haoyu Imp. & Exp. Co., Ltd.", "HAO YU IMPORT AND EXPORT CO LTD"),
        ("Haoyu Imp/Exp Co.,Ltd", "Haoyu Import & Export Company Limited"),
        ("Ningbo Haoyu Trading Co., Ltd.", "Haoyu Trading (Ningbo) Co. Ltd"),
        ("Müller Maschinenbau GmbH & Co. KG", "Muller Maschinenbau GmbH"),
        ("Comercial Pérez, S.A. de C.V.", "COMERCIAL PEREZ SA DE CV"),
        ("Acme LLC", "ACME, L.L.C."),
        ("PT Maju Jaya", "Maju Jaya Tbk"),
        ("ООО Ромашка", "Ромашка"),
        ("Bright Lighting Tech Co., Ltd. (China)", "Bright Lighting Technology Co Ltd"),
        ("Hong Kong Sunrise Ltd", "Sunrise Limited"),
        ("Kowalski Sp. z o.o.", "Kowalski"),
    ],
)
def test_one_name_in_two_spellings_has_one_key(first: str, second: str) -> None:
    assert name_key(first) == name_key(second)
    assert name_key(first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("宁波浩宇进出口有限公司", "宁波浩达进出口有限公司"),
        ("宁波进出口有限公司", "上海进出口有限公司"),
        ("Ningbo Import & Export Co., Ltd.", "Shanghai Import & Export Co., Ltd."),
        ("Acme Trading LLC", "Apex Trading LLC"),
    ],
)
def test_different_names_keep_different_keys(first: str, second: str) -> None:
    assert name_key(first) != name_key(second)


@pytest.mark.parametrize("text", ["", " ", "有限公司", "Co., Ltd.", "???", "公司", "宁波"])
def test_odd_names_do_not_break_the_folding(text: str) -> None:
    assert name_similarity(folded_name(text), folded_name("Zyxel")) < 0.2


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("宁波浩宇进出口有限公司", "Ningbo Haoyu Import & Export Co., Ltd."),
        ("宁波浩宇进出口有限公司", "NINGBO HAO YU IMP. & EXP. CO., LTD"),
        ("义乌市绿源玩具厂", "Yiwu Lvyuan Toys Factory"),
        ("义乌市绿源玩具厂", "Yiwu Luyuan Toy Factory"),
        ("重庆长乐机械有限公司", "Chongqing Changle Machinery Co Ltd"),
        ("深圳市明辉照明科技有限公司", "Shenzhen Minghui Lighting Technology Co., Ltd"),
        ("永康市金盾五金制品厂", "Yongkang Jindun Hardware Products Factory"),
    ],
)
def test_an_english_name_is_told_by_its_pinyin(chinese: str, english: str) -> None:
    assert name_similarity(folded_name(chinese), folded_name(english)) >= 0.9


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("宁波浩宇进出口有限公司", "Ningbo Sunrise Import & Export Co., Ltd."),
        ("宁波浩宇进出口有限公司", "Shenzhen Haoyu Import & Export Co., Ltd."),
        ("深圳市明辉照明科技有限公司", "Shenzhen Mingda Lighting Technology Co., Ltd"),
        ("义乌市绿源玩具厂", "Bosch GmbH"),
    ],
)
def test_other_english_names_score_low(chinese: str, english: str) -> None:
    assert name_similarity(folded_name(chinese), folded_name(english)) < 0.6


def test_a_shared_name_in_two_cities_is_half_alike() -> None:
    ningbo, shenzhen = folded_name("宁波浩宇贸易有限公司"), folded_name("深圳浩宇贸易有限公司")
    assert ningbo.key == shenzhen.key
    assert name_similarity(ningbo, shenzhen) == 0.5
    assert name_similarity(ningbo, folded_name("浙江浩宇贸易有限公司")) == 1


def test_a_shared_proper_name_in_another_business_is_less_alike() -> None:
    trading, toys = folded_name("宁波浩宇贸易有限公司"), folded_name("宁波浩宇玩具有限公司")
    assert 0.6 < name_similarity(trading, toys) < 0.8


def test_a_place_is_taken_off_only_where_it_is_one() -> None:
    assert folded_name("广东东阳光科技有限公司").proper == "东阳光"  # 东阳 lies in another province
    assert folded_name("浙江东阳光辉科技有限公司").proper == "光辉"
    assert folded_name("宁波光进出口有限公司").proper == "宁波光"


def test_a_candidate_in_the_other_script_is_looked_up_by_its_sound() -> None:
    assert "luyuan" in set(sounds(folded_name("绿源有限公司")))
    assert {"changle", "zhangle"} <= set(sounds(folded_name("重庆长乐机械有限公司")))
    latin = folded_name("Ningbo Haoyu Import & Export Co., Ltd.")
    assert set(sounds(latin)) == {sound_of_key(latin.key)} == {"haoyu"}
    assert "haoyu" in set(sounds(folded_name("宁波浩宇进出口有限公司")))
