"""Who may see what: facts, one decision, one predicate, one disclosure gate. Knows ids only, nothing above."""
