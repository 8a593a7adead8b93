"""Asking everybody at each door about what the other door treats, and what follows where somebody says yes."""
