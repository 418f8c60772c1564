"""Quotations: what a price is made of, its terms, its revisions."""
