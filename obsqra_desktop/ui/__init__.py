"""The window: the only place, beside the composition root, that knows Qt."""
