"""Lists of the book as sheets that the importer reads back without a change."""
