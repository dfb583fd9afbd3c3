"""Jobs that are ready to bill, and what their draft invoices hold."""
