"""Persons, each service's registration of them, and the links people agree to."""
