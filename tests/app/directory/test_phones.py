"""Phones keep what was typed and get their E.164 form where it is certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.directory.phones import PhoneKind, is_broken_phone, parse_phone


@pytest.mark.parametrize(
    ("typed", "country", "e164"),
    [
        ("13800138000", "CN", "+8613800138000"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("+86 138-0013-8000", "DE", "+8613800138000"),
        ("8613800138000", "DE", "+8613800138000"),
        ("0086 138 0013 8000", "CN", "+8613800138000"),
        ("0755-82880000", "CN", "+8675582880000"),
        ("（0755）82880000", "CN", "+8675582880000"),
        ("86-574-87250000", "CN", "+8657487250000"),
        ("040 42838 0", "DE", "+4940428380"),
        ("0049 40 428380", "CN", "+4940428380"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 20 7946 0018", "", "+442079460018"),
    ],
)
def test_numbers_become_e164(typed: str, country: str, e164: str) -> None:
    phone = parse_phone(typed, country)
    assert (phone.typed, phone.e164, phone.problem) == (typed, e164, None)


def test_kind_and_extension_are_known() -> None:
    assert parse_phone("13800138000").kind is PhoneKind.MOBILE
    office = parse_phone("0755-82880000 ext. 808")
    assert (office.kind, office.extension, office.region) == (PhoneKind.FIXED, "808", "CN")


@pytest.mark.parametrize("typed", ["4.41E+11", "1.38E+10", "1.38e10"])
def test_a_rounded_number_is_a_broken_phone(typed: str) -> None:
    assert is_broken_phone(typed)
    phone = parse_phone(typed)
    assert phone.e164 == ""
    assert phone.problem is not None
    assert phone.problem.key == "directory.phone_is_broken"


@pytest.mark.parametrize("typed", ["", "12345", "ask for Li", "1380013800"])
def test_an_uncertain_number_stays_as_typed(typed: str) -> None:
    phone = parse_phone(typed)
    assert phone.e164 == ""
    assert phone.problem is not None
    assert phone.typed == typed


def test_a_local_number_of_another_country_is_not_taken_for_one_of_abroad() -> None:
    phone = parse_phone("435-7383", "CN")
    assert (phone.e164, phone.problem is not None) == ("", True)


def test_plain_chinese_mobiles_are_read_as_the_numbering_plan_reads_them() -> None:
    for first in range(130, 200):
        typed = f"{first}12345678"
        assert parse_phone(typed) == replace(
            parse_phone("+86 " + typed, ""), typed=typed, problem=None
        ) or (parse_phone("+86 " + typed, "").problem is not None)
