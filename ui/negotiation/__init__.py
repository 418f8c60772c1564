"""The pages of negotiations: one timeline a deal, its ladder, and what is next."""
