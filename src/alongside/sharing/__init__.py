"""The only door for acts that change who may see: agree, withdraw, link, unlink, refer, break glass, restrict."""
