"""Who may read a report, and what may be shown to them. Pure: no tables, no engine."""
