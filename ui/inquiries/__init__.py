"""The pages of buyers' inquiries."""
