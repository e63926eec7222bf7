"""Tests of `obsqra_desktop.flows`."""
