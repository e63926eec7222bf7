"""Tests of `obsqra_desktop.storage`."""
