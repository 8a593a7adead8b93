"""Episodes with one service, journeys that join them, the care team and its one lead practitioner."""
