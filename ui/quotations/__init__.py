"""The window's part of quotations: the list, the editor, comparing revisions, export."""
