"""Guided steps as plain state machines, tested without a display."""
