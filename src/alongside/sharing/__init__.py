"""The only door for acts that change who may see: agree, withdraw, link, unlink, and what a referral carries."""
