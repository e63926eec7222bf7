"""Tests of private money: keys, plans, calls, guards, the privacy level."""
