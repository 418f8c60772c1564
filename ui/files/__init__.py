"""Files that hang on records, in the window."""
