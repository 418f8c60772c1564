"""The pages of suppliers, buyers and products."""
