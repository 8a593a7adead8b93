"""Alongside: one record, one plan and one team around a person."""

__version__ = "0.1.0"
