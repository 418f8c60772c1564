"""What an import will do: drafts from records, matched with the book, row by row."""
