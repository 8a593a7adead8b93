"""Change, recovery and access: computed from the record, never typed. See this folder's README."""
