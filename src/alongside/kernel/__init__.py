"""Ids, clock, exact numbers, periods and errors. Imports nothing else of ours."""
