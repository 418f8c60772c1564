"""Search: one box over suppliers, people, products, buyers, inquiries, quotations and messages.

The rest of the program sees four verbs (open, update, find and complete, rebuild) on
:class:`app.search.engine.SearchEngine`. Must not be the home of any truth: what is here can be
deleted at any time and is rebuilt from the book.
"""
