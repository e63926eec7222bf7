"""The built program, started as a new user would."""
