"""The one table for all big lists."""
