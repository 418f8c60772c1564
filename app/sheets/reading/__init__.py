"""Readers of foreign files: text, workbooks, web tables.

Must not know layouts, mappings or the book: what comes out is plain cells.
"""
