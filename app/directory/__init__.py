"""The directory: companies, their people and products, and how the same one is recognised."""
