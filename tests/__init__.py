"""Tests; the folders mirror the packages of the program."""
