"""Reading trade wording out of free text: prices, quantities, terms and times, each with its place."""
