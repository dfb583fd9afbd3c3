"""What does not fit between jobs, estimates, change orders, invoices and payments."""
