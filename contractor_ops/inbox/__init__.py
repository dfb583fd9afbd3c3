"""What comes back: one file a place where answers come from, and the triage of what they say."""
