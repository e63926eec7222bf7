"""Hand-over files and the list of pools: round trips, and every byte that is not as it was."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import AppError, InvalidInput, StorageError
from obsqra_desktop.domain.mist.handover import FILE_LIMIT, HandedOver
from obsqra_desktop.domain.mist.note import FIELD
from obsqra_desktop.domain.mist.pool import KnownPool
from obsqra_desktop.domain.network import Network, NetworkKind
from obsqra_desktop.storage.mist.handover import SealedHandOver
from obsqra_desktop.storage.mist.pools import PoolList
from tests.storage.vaults import CHEAP

WORDS = "a word for the file"
FILES = SealedHandOver(CHEAP)
elements = st.integers(0, FIELD - 1)
common = {
    "chain_id": st.integers(1, 2**250),
    "pool": st.integers(2, 2**250),
    "token": st.integers(2, 2**250),
    "amount": st.integers(1, 2**128 - 1),
}
requests = st.builds(HandedOver, secret=elements, **common)
wholes = st.builds(HandedOver, claiming_key=elements, owner=st.integers(2, 2**250), **common)
OWN = KnownPool(chain="OBSQRA_PRACTICE", address=0xB001, name="Own", source="a test")
FORWARD = HandedOver(chain_id=1, pool=2, token=3, amount=4, secret=5)


@settings(max_examples=20)
@given(requests | wholes)
def test_what_is_written_is_read(contents: HandedOver) -> None:
    raw = FILES.write(contents, WORDS)
    assert FILES.read(raw, WORDS) == contents
    assert len(raw) < FILE_LIMIT
    for number in (contents.secret, contents.claiming_key):
        if number is not None and number > 2**64:
            assert f"{number:x}".encode() not in raw


def test_two_files_of_one_note_have_nothing_in_common() -> None:
    first, second = (json.loads(FILES.write(FORWARD, WORDS)) for _ in range(2))
    assert first["nonce"] != second["nonce"]
    assert first["argon"]["salt"] != second["argon"]["salt"]
    assert first["data"] != second["data"]


def test_the_passphrase_is_needed_and_has_a_length() -> None:
    raw = FILES.write(FORWARD, WORDS)
    with pytest.raises(WrongPassphrase):
        FILES.read(raw, WORDS + "!")
    with pytest.raises(InvalidInput, match="8 characters"):
        FILES.write(FORWARD, "x" * 7)
    FILES.write(FORWARD, "x" * 8)


def test_every_changed_byte_is_noticed() -> None:
    raw = FILES.write(FORWARD, WORDS)
    for place in range(0, len(raw), 7):
        changed = bytearray(raw)
        changed[place] ^= 1
        try:
            found = FILES.read(bytes(changed), WORDS)
        except AppError:
            continue
        assert found == FORWARD, place  # white space, or the case of a letter outside of the seal
        assert json.loads(bytes(changed)) == json.loads(raw), place


@pytest.mark.parametrize(
    "change",
    [
        {"secret": None},
        {"claiming_key": 6, "owner": 7},
        {"secret": None, "claiming_key": 6},
        {"owner": 7},
        {"amount": 0},
        {"amount": 2**128},
        {"label": "a\u202eb"},
    ],
)
def test_contents_are_of_one_kind(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"validation error"):
        HandedOver.model_validate({**FORWARD.model_dump(), **change})


def test_a_long_file_is_not_read() -> None:
    with pytest.raises(InvalidInput):
        FILES.read(b" " * (FILE_LIMIT + 1), WORDS)


def network(kind: NetworkKind, chain: str) -> Network:
    return Network(id="one", name="One", kind=kind, chain_id=chain)


def test_the_shipped_list_names_the_published_pool() -> None:
    """Address: npm @mistcash/config 0.5.2."""
    pools = PoolList(shipped.resource_root() / "mist" / "pools.json", lambda: None)
    found = pools.on(network(NetworkKind.MAINNET, "SN_MAIN"))
    assert found is not None
    assert found.address == 0x06F8DCC500131B6BE6B33F4534EC6D33DF33E61083EC2B051555D52E75654444
    assert found.identity is None
    assert pools.on(network(NetworkKind.SEPOLIA, "SN_SEPOLIA")) is None
    assert pools.on(network(NetworkKind.PRACTICE, "OBSQRA_PRACTICE")) is None
    assert pools.on(network(NetworkKind.CUSTOM, "SN_MAIN")) == found
    here = PoolList(shipped.resource_root() / "mist" / "pools.json", lambda: OWN)
    assert here.on(network(NetworkKind.PRACTICE, "OBSQRA_PRACTICE")) is OWN
    assert here.on(network(NetworkKind.CUSTOM, "SN_MAIN")) == found


def test_a_damaged_list_is_said(tmp_path: Path) -> None:
    path = tmp_path / "pools.json"
    path.write_text("{}")
    with pytest.raises(StorageError):
        PoolList(path, lambda: None).on(network(NetworkKind.MAINNET, "SN_MAIN"))
