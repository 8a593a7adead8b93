"""The ledger: appends and verifies. Every action and every disclosure leaves a row here, in its own transaction."""
