"""Editors of fields."""
