"""Who needs attention next."""
