"""Words every slice shares: errors, messages, progress, clock, text folding, money, quantities.

Must not import anything of the program outside this package, except the texts in ``resources``.
"""
