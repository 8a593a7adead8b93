"""What the person agreed to share, with whom, and how they said so."""
