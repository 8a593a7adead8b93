"""The person's own pages: what is shared about them, who looked, and the way in."""
