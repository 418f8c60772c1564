"""Owns how many records of each kind a plan makes, changes and leaves as they are.

Must not write; what it counts is what the writing of the same plan does.
"""

from __future__ import annotations

from collections import Counter

from app.sheets.plan.outcome import Plan

Counts = dict[str, int]


def created(plan: Plan) -> Counts:
    """By kind, how many records the plan makes."""
    found: Counter[str] = Counter()
    for company in plan.companies:
        if not company.is_skipped:
            found[company.draft.role] += company.existing is None
            found["contact"] += len(company.people)
            found["picture"] += len(company.draft.pictures)
    for product in plan.products:
        if not product.is_skipped:
            found["product"] += product.existing is None
            found["price"] += len(product.draft.prices)
            found["picture"] += len(product.draft.pictures)
    for inquiry in plan.inquiries:
        if not inquiry.is_known:
            found["inquiry"] += 1
            found["line"] += len(inquiry.draft.lines)
            found["picture"] += len(inquiry.draft.pictures)
    found["offer"] += sum(not offer.is_known for offer in plan.offers)
    found["category"] += len(plan.categories)
    return {kind: count for kind, count in found.items() if count}


def updated(plan: Plan) -> Counts:
    """By kind, how many records of the book gain something."""
    return _of_the_book(plan, gains=True)


def unchanged(plan: Plan) -> Counts:
    """By kind, how many records of the book stay as they are: inquiries and offers already there, too."""
    found = Counter(_of_the_book(plan, gains=False))
    found["inquiry"] += sum(inquiry.is_known for inquiry in plan.inquiries)
    found["offer"] += sum(offer.is_known for offer in plan.offers)
    return {kind: count for kind, count in found.items() if count}


def _of_the_book(plan: Plan, *, gains: bool) -> Counts:
    found: Counter[str] = Counter(
        company.draft.role
        for company in plan.companies
        if company.existing is not None and not company.is_skipped and company.gains is gains
    )
    products = sum(
        product.existing is not None and not product.is_skipped and product.gains is gains
        for product in plan.products
    )
    if products:
        found["product"] += products
    return dict(found)
