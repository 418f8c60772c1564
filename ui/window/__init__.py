"""The window: its frame, its start, and what holds the pages together."""
