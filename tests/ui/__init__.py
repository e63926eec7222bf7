"""The window, driven by clicks and keys on an offscreen display."""
