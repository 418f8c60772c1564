"""The papers that go to the buyer: quotation, proforma invoice, price list, catalogue.

Must not read the book: a paper is written from a frozen :class:`~app.papers.content.QuotationPaper`,
which holds no cost, no supplier and no margin.
"""
