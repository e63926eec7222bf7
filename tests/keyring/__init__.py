"""Tests with the system's real keyring: GNOME Keyring on a D-Bus session of its own (Linux)."""
