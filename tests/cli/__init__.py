"""Tests of `obsqra_desktop.cli`."""
