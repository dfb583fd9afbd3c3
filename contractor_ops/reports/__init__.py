"""What people read: a report is a value first, then its plain-text and terminal renderings."""
