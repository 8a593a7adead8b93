"""What is sent to people outside the record: queued with the act that it belongs to, decided again when it leaves."""
