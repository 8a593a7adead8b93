"""Messages: one that failed, and the mailbox of a demonstration."""
