"""Inquiries: what buyers ask for, who can make it, what was offered."""
