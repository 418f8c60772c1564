"""Owns the tests of the words that headings are known by: each stands for one field, but for those named here."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from importlib.resources.abc import Traversable

import pytest

from app.sheets.lexicon import meanings
from app.sheets.phrases import heading_key, phrases
from app.sheets.targets import TARGETS
from resources import resource

#: Words that stand for several things; the kind of the sheet and its values decide.
AMBIGUOUS = {
    "de": {"herkunft"},
    "en": {
        "title", "company name cn", "name cn", "company cn", "chinese name", "account no", "pic", "vat",
        "item", "goods description", "item description", "since", "name card", "business card", "visiting card",
        "trading name", "trade name",
    },
    "es": {"estado", "precio de compra", "longitud", "nombre comercial"},
    "fr": {"enseigne"},
    "ru": {"имя"},
    "tr": {"malzeme"},
    "zh": {"单位", "出口价", "外销价", "箱规", "名片"},
}  # fmt: skip
FILES = sorted(
    (f for f in resource("headings").iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_heading_stands_for_one_field_in_its_language(file: Traversable) -> None:
    fields = defaultdict(list)
    for field, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
        keys = Counter(map(heading_key, words))
        assert not [key for key, count in keys.items() if count > 1], field
        for key in keys:
            fields[key].append(field)
    language = file.name.removesuffix(".toml")
    assert {key for key, found in fields.items() if len(found) > 1} == AMBIGUOUS.get(
        language, set()
    )


def test_every_language_is_known_and_every_field_exists() -> None:
    known = phrases()
    for file in FILES:
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        assert all(heading_key(word) in known for found in words.values() for word in found)
        assert set(words) <= {*TARGETS, "name", "cost"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("品名\nEnglish", "product_en"),
        ("Your item", "customer_item_no"),
        ("贵司货号", "customer_item_no"),
        ("Product name (English)", "product_en"),
        ("企业名称（英）", "company_en"),
        ("Company name EN", "company_en"),
        ("品名 中文", "product"),
        ("Description English", "description"),
    ],
)
def test_a_name_may_be_said_to_be_in_english(heading: str, field: str) -> None:
    assert meanings(heading)[0].field == field
