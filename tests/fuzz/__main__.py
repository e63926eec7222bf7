"""Runs one target under libFuzzer: `python -m tests.fuzz TARGET [CORPUS ...] [-OPTIONS]`."""

import sys

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["obsqra_desktop", "verify_bundle"]):
    from tests.fuzz import every
    from tests.fuzz.material import bundles, plain

    plain()


def main() -> None:
    """Take the target's name off the arguments and hand the rest to libFuzzer."""
    target = every.TARGETS[sys.argv.pop(1)]
    if target is not every.TARGETS["mist"]:
        bundles()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
