"""Meetings planned and kept, and the notes of them. See this folder's README."""
