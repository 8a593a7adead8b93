"""Every way on: handing over the lead, and discharge."""
