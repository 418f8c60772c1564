"""Two companies are likely the same for reasons that are told."""

from __future__ import annotations

import pytest

from app.directory.duplicates import (
    LIKELY,
    POSSIBLE,
    CompanyTraits,
    DuplicateWeights,
    company_traits,
    likeness,
    website_host,
)

HAOYU = company_traits(
    names=["宁波浩宇进出口有限公司", "Ningbo Haoyu Import & Export Co., Ltd."],
    uscc="91110000600037341L",
    mails=["lily@haoyu-trade.com", "haoyu@163.com"],
    phones=["+8613800138000"],
    websites=["https://www.haoyu-trade.com/en"],
    country="CN",
)


def keys(first: CompanyTraits, second: CompanyTraits) -> list[str]:
    return [reason.message.key for reason in likeness(first, second).reasons]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (company_traits(names=[], uscc="9111 0000 6000 3734 1l"), "directory.same_uscc"),
        (company_traits(names=["浩宇進出口(宁波)有限公司"]), "directory.same_name"),
        (company_traits(names=["Hao Yu Imp & Exp"]), "directory.same_name"),
        (company_traits(names=[], mails=["Lily@Haoyu-Trade.com"]), "directory.same_mail"),
    ],
)
def test_one_strong_trait_is_enough(other: CompanyTraits, reason: str) -> None:
    assert likeness(HAOYU, other).score >= LIKELY
    assert reason in keys(HAOYU, other)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (company_traits(names=[], mails=["sales@haoyu-trade.com"]), "directory.same_mail_domain"),
        (company_traits(names=[], websites=["haoyu-trade.com"]), "directory.same_website"),
        (company_traits(names=[], phones=["+8613800138000"]), "directory.same_phone"),
    ],
)
def test_one_weaker_trait_asks_the_person(other: CompanyTraits, reason: str) -> None:
    assert POSSIBLE <= likeness(HAOYU, other).score < LIKELY
    assert keys(HAOYU, other) == [reason]


def test_a_chinese_name_alone_meets_its_english_one() -> None:
    chinese = company_traits(names=["宁波浩宇进出口有限公司"])
    english = company_traits(names=["Ningbo Haoyu Import & Export Co., Ltd."])
    assert likeness(chinese, english).score >= POSSIBLE
    assert keys(chinese, english) == ["directory.same_pinyin"]


def test_free_mail_says_nothing() -> None:
    one = company_traits(names=["浩宇"], mails=["a@163.com"])
    other = company_traits(names=["明达"], mails=["b@163.com"])
    assert likeness(one, other).score == 0


def test_a_mail_domain_and_the_website_of_it_are_one_reason() -> None:
    other = company_traits(
        names=[], mails=["bob@haoyu-trade.com"], websites=["www.haoyu-trade.com"]
    )
    assert keys(HAOYU, other) == ["directory.same_mail_domain"]


def test_two_valid_codes_speak_against() -> None:
    other = company_traits(names=["宁波浩宇进出口有限公司"], uscc="9144030071526726XG")
    assert likeness(HAOYU, other).score < POSSIBLE
    assert "directory.other_uscc" in keys(HAOYU, other)
    mistyped = company_traits(names=["宁波浩宇进出口有限公司"], uscc="91110000600037341M")
    assert likeness(HAOYU, mistyped).score >= LIKELY


def test_another_country_weakens() -> None:
    german = company_traits(names=["Haoyu Import Export GmbH"], country="de")
    assert likeness(HAOYU, german).score < LIKELY


def test_the_weights_are_open() -> None:
    other = company_traits(names=[], phones=["+8613800138000"])
    assert likeness(HAOYU, other, DuplicateWeights(phone=0.95)).score == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://www.Acme.com/about", "acme.com"),
        ("acme.com.cn", "acme.com.cn"),
        ("https://haoyu.en.alibaba.com", ""),
        ("https://www.facebook.com/acme", ""),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_a_website_counts_by_its_own_host(address: str, host: str) -> None:
    assert website_host(address) == host
