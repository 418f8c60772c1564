"""Big lists: ids first, rows on demand, sorted and filtered in SQL."""

from app.lists.listing import Listing, Sort

__all__ = ["Listing", "Sort"]
