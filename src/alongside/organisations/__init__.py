"""Partnerships, services, teams, practitioners, roles, cover; builds an Access."""
