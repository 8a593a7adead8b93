"""Clinical content as data, with a typed loader for each kind. See this folder's README."""
