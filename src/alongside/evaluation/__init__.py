"""Service evaluation: from flat tables to measures, retention and a report. See this room's README."""
