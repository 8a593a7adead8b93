"""Risk prompts: an answer about self-harm is met by a conversation, and somebody holds it until it was."""
