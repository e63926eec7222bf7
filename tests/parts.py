"""Services with some parts exchanged."""

import copy

from obsqra_desktop.app import Services


def exchanged(services: Services, **parts: object) -> Services:
    """The same services, but for these; what was wired before is shared, what others hold stays."""
    unknown = [name for name in parts if not hasattr(Services, name)]
    assert unknown == []
    other = copy.copy(services)
    vars(other).update(parts)
    return other
