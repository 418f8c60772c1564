"""The user's own template: any .xlsx with placeholders in its cells.

Must not rewrite what it doesn't fill: every part of the workbook that holds no placeholder goes
into the paper byte for byte, so logos, shapes, fonts, headers and other sheets stay as they were.
"""
