"""Tests of `obsqra_desktop.services`."""
