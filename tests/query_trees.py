"""Queries of any shape, for the laws that two evaluators of them keep; must not know what is asked."""

from __future__ import annotations

from hypothesis import strategies as st

from app.query import Not, Query
from app.query.tree import all_of, any_of


def queries_of(leaves: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """Queries put together of ``leaves`` by not, and, or."""
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            parts.map(Not),
            st.lists(parts, min_size=2, max_size=3).map(all_of),
            st.lists(parts, min_size=2, max_size=3).map(any_of),
        ),
        max_leaves=8,
    )
