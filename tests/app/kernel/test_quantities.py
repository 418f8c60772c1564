"""Units answer to their names in both languages; quantities convert only where that is certain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.kernel.quantities import Quantity, UnitMismatch, unit_named, units


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PCS", "pcs"),
        ("Pcs.", "pcs"),
        ("件", "pcs"),
        ("個", "pcs"),
        ("套", "set"),
        ("Sets", "set"),
        ("set(s)", "set"),
        ("双", "pair"),
        ("雙", "pair"),
        ("ＫＧ", "kg"),
        ("公斤", "kg"),
        ("CTNS", "ctn"),
        ("箱", "ctn"),
        ("打", "dozen"),
        ("m²", "m2"),
        ("CBM", "m3"),
        ("meters", "m"),
        ("MT", "t"),
        ("台", "unit"),
    ],
)
def test_a_unit_answers_to_its_names(text: str, code: str) -> None:
    assert unit_named(text) == code


@pytest.mark.parametrize("text", ["", "USD", "pcs/ctn", "blue", "12"])
def test_other_words_are_no_units(text: str) -> None:
    assert unit_named(text) is None


def test_no_two_units_share_a_name() -> None:
    owners: dict[str, str] = {}
    for unit in units().values():
        for name in {unit.code, unit.singular, unit.plural, unit.chinese, *unit.names}:
            assert owners.setdefault(name.lower(), unit.code) == unit.code, name


def test_dozens_and_grams_convert() -> None:
    assert Quantity.of(5, "dozen").in_unit("pcs") == Quantity.of(60, "pcs")
    assert Quantity.of(1, "t") == Quantity.of(1, "t")
    assert Quantity.of(1, "t").in_unit("kg") == Quantity.of(1000, "kg")
    assert Quantity.of(1, "dozen") + Quantity.of(6, "pcs") == Quantity.of("1.5", "dozen")
    assert Quantity.of(1, "dozen") - Quantity.of(6, "pcs") == Quantity.of("0.5", "dozen")
    assert Quantity.of(11, "pcs") < Quantity.of(1, "dozen") <= Quantity.of(12, "pcs")
    assert Quantity.of(13, "pcs") > Quantity.of(1, "dozen")
    assert Quantity.of(12, "pcs") >= Quantity.of(1, "dozen")


@pytest.mark.parametrize("unit", ["set", "pair", "kg", "ctn"])
def test_pieces_are_not_sets_pairs_or_weights(unit: str) -> None:
    assert not Quantity.of(1, "pcs").converts_to(unit)
    with pytest.raises(UnitMismatch):
        Quantity.of(1, "pcs").in_unit(unit)


def test_unknown_units_and_floats_are_refused() -> None:
    with pytest.raises(ValueError, match="known unit"):
        Quantity.of(1, "个")
    with pytest.raises(TypeError):
        Quantity(1.0, "pcs")
    with pytest.raises(ValueError, match="finite"):
        Quantity(Decimal("Infinity"), "pcs")


def test_a_unit_prints_in_both_languages() -> None:
    unit = units()["ctn"]
    assert unit.label("en", Decimal(1)) == "carton"
    assert unit.label("en") == "cartons"
    assert unit.label("zh_CN") == "箱"
    assert str(Quantity.of("1.50", "kg")) == "1.5 kg"
    assert not Quantity.of(0, "kg")
    assert 2 * Quantity.of(1, "kg") == Quantity.of(2, "kg")
