"""Keeping the book sound: checks and repairs, backups and restoring."""
