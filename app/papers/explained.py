"""Owns what the explanation of prices says, as frozen data of words; for those inside only.

Must not know how it looks, and nothing of it may enter a paper for the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step of a price in words: its name, amount with currency, how, and where it is from."""

    name: str
    amount: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line's price: what it is of, the price as quoted, its steps, and what is to be noted."""

    name: str
    price: str
    steps: tuple[ExplainedStep, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All prices of a revision; ``facts`` are told in lines below the title."""

    title: str
    facts: tuple[str, ...]
    lines: tuple[ExplainedLine, ...]
