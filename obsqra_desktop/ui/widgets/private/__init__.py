"""Parts of the page Private money."""
