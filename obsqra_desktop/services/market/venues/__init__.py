"""One module for each kind of venue: its questions, and how its answers are read."""
