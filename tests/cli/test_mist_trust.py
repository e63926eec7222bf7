"""mist trust takes what is named and nothing else."""

from argparse import Namespace
from dataclasses import replace
from typing import Any, cast

import pytest

from obsqra_desktop.cli.mist.notes import refuse_unnamed
from obsqra_desktop.cli.parser import build
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.pool import KnownPool, PoolIdentity
from obsqra_desktop.domain.network import default_settings
from obsqra_desktop.services.mist.steps import PoolStanding

TRUSTED = PoolIdentity(0xC1A55, 0x7E51F, 0x0E7, 0x7E51FC1A55)


def asked(found: PoolIdentity, *words: str) -> None:
    options: Namespace = build().parse_args(["mist", "trust", *words])
    pool = KnownPool(chain="TEST", address=7, name="Test pool", source="a test")
    network = default_settings().networks[0]
    standing = PoolStanding(network, pool, found, TRUSTED, 1, 0, 1, "a node", ())
    refuse_unnamed(cast("Any", Namespace(options=options)), standing)


def test_the_class_is_always_named() -> None:
    found = replace(TRUSTED, class_hash=0xFA12)
    asked(found, "--class", "0xfa12", "--yes")
    for words in ((), ("--yes",), ("--class", "0xfa12")):
        with pytest.raises(InvalidInput) as caught:
            asked(found, *words)
        assert caught.value.hint.endswith("obsqra mist trust --class 0xfa12 --yes")


@pytest.mark.parametrize(
    ("part", "flag"),
    [("verifier", "--verifier"), ("verifier_class", "--verifier-class"), ("owner", "--owner")],
)
def test_every_part_that_has_changed_is_named(part: str, flag: str) -> None:
    found = replace(TRUSTED, **{part: 0xFA12})
    with pytest.raises(InvalidInput) as caught:
        asked(found, "--class", "0xc1a55", "--yes")
    assert f"{flag} 0xfa12" in caught.value.hint
    asked(found, "--class", "0xc1a55", flag, "0xfa12", "--yes")


@pytest.mark.parametrize("flag", ["--class", "--verifier", "--verifier-class", "--owner"])
@pytest.mark.parametrize("text", ["0xbad", "bad", "0x", "-1"])
def test_what_is_not_there_is_not_taken(flag: str, text: str) -> None:
    """Also where that part has not changed: who names it wants just that."""
    with pytest.raises(InvalidInput):
        asked(TRUSTED, "--class", "0xc1a55", f"{flag}={text}", "--yes")
