"""Speed, size and memory, measured in fresh processes: `python3 dev.py bench`."""
