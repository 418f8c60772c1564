"""The sample book: an invented salesperson's desk, read from the shipped files into an empty book."""
