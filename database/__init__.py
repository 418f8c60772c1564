"""What is stored and how it changes."""
