"""What single cells say: prices, quantities, sizes, dates, contacts, countries and codes.

Must not know columns or kinds beyond the hints a heading gives.
"""
