"""The pages on which foreign sheets are looked at and imported."""
