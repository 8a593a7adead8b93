"""One team asks another, the other answers by a time, and what became of the advice comes back."""
