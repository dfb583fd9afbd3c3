"""What an office's sheets and ledger add up to: the figures of the digest, the scorecard and the reports."""
