"""Any door in: sending, receiving, accepting and declining a referral."""
