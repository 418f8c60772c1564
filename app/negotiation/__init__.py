"""Negotiation: threads of messages with buyers and suppliers, and the rounds of offers in them."""
