"""Instruments answered and scored. See this folder's README."""
