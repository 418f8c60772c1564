"""Spreadsheets in and out: reading, layout, mapping, plan, commit, export."""
