"""The contract's calldata against published examples, and payment requests."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.mist.errors import ForeignRequest
from obsqra_desktop.domain.mist.note import FIELD, Note, Output
from obsqra_desktop.privacy.calls import deposit_calls, emergency_call, proof_call
from obsqra_desktop.privacy.request import mark, read_request, write_request
from tests.privacy.plain import PlainTree, plain_hash
from tests.vectors.mist import VECTORS, notes, number, numbers

KNOWN = VECTORS["calls"]
POOL = number(KNOWN["chamber"])
NOTE: Note = notes()[1][0]
LEAVES = numbers(KNOWN["tree"]["leaves"])


def test_the_deposit_names_the_secret_and_never_the_leaf() -> None:
    approve, deposit = deposit_calls(POOL, NOTE.secret(plain_hash), NOTE.token, NOTE.amount)
    assert (approve.to, approve.entry_point) == (NOTE.token, "approve")
    assert approve.calldata == numbers(KNOWN["approve"])
    assert (deposit.to, deposit.entry_point) == (POOL, "deposit")
    assert deposit.calldata == numbers(KNOWN["deposit"])


def test_the_emergency_call() -> None:
    path = PlainTree().path(LEAVES, NOTE.leaf(plain_hash))
    call = emergency_call(POOL, NOTE, path)
    assert (call.to, call.entry_point) == (POOL, "withdraw_no_zk")
    assert call.calldata == numbers(KNOWN["withdraw_no_zk"])
    known = KNOWN["rewrap"]
    part = replace(NOTE, claiming_key=number(known["claiming_key"]), amount=number(known["amount"]))
    secret = part.secret(plain_hash)
    assert secret == number(known["secret"])
    more = emergency_call(POOL, NOTE, path, Output(secret, part.amount))
    assert more.entry_point == "seek_and_hide_no_zk"
    assert more.calldata == (*call.calldata, *numbers(known["seek_and_hide_no_zk"]))
    assert part.leaf(plain_hash) == number(known["leaf"])
    for amount in (0, NOTE.amount):
        with pytest.raises(InvalidInput):
            emergency_call(POOL, NOTE, path, Output(5, amount))


def test_published_selectors() -> None:
    assert selector("deposit") == 0xC73F681176FC7B3F9693986FD7B14581E8D540519E27400E88B8713932BE01
    assert (
        selector("handle_zkp") == 0x330974277343F0F39588289EF2C47BC125B55B2CFBD923F8F17DA457519DF76
    )


def test_what_is_no_deposit_or_proof() -> None:
    for secret, token, amount in ((0, 5, 1), (FIELD, 5, 1), (3, 0, 1), (3, 5, 0), (3, 5, 2**128)):
        with pytest.raises(InvalidInput):
            deposit_calls(POOL, secret, token, amount)
    with pytest.raises(InvalidInput):
        deposit_calls(0, 3, 5, 1)
    assert proof_call(POOL, (2, 7, 8)).calldata == (2, 7, 8)
    for felts in ((), (2, 7), (7, 8)):
        with pytest.raises(InvalidInput):
            proof_call(POOL, felts)


SOMEWHERE = (0x54455354, POOL)
PINNED = "mist1:000000000000000000000000000000000000000000000000000000000000004d:564fe4f0"


@given(st.integers(1, FIELD - 1), st.integers(0, 78), st.sampled_from("0123456789abcdefx:"))
def test_requests_come_back_and_one_wrong_character_is_seen(
    secret: int, place: int, letter: str
) -> None:
    text = write_request(secret, *SOMEWHERE)
    assert read_request(f" {text}\n", *SOMEWHERE) == secret
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(InvalidInput):
            read_request(changed, *SOMEWHERE)


felts = st.integers(0, 2**251)


@given(st.integers(1, FIELD - 1), felts, felts, felts, felts)
def test_a_request_is_read_in_its_own_place_only(
    secret: int, chain: int, pool: int, other_chain: int, other_pool: int
) -> None:
    """Its text is as long as ever and says nothing of the place but by its checksum."""
    text = write_request(secret, chain, pool)
    assert text[:-8] == f"mist1:{secret:064x}:"
    places = {(chain, other_pool), (other_chain, pool), (other_chain, other_pool), (pool, chain)}
    for there in places - {(chain, pool)}:
        with pytest.raises(ForeignRequest, match="another network or another pool"):
            read_request(text, *there)


def test_the_checksum_is_pinned() -> None:
    """Texts that are on paper stay readable: SHA-256 over text, chain id and pool as 64 digits."""
    body = "mist1:" + "0" * 62 + "4d"
    said = f"{body}:{0x54455354:064x}:{0xB001:064x}".encode()
    expected = f"{body}:{hashlib.sha256(said).hexdigest()[:8]}"
    assert write_request(77, 0x54455354, 0xB001) == expected == PINNED


def test_a_text_whose_checksum_names_no_place_is_not_read() -> None:
    """As an older version wrote it: the words say so."""
    body = f"mist1:{77:064x}"
    old = f"{body}:{hashlib.sha256(body.encode()).hexdigest()[:8]}"
    with pytest.raises(ForeignRequest, match="an older version"):
        read_request(old, *SOMEWHERE)


@given(st.text(max_size=300))
def test_other_texts_are_no_request(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_request(text, *SOMEWHERE)


@pytest.mark.parametrize("secret", [0, FIELD])
def test_a_good_checksum_over_what_is_no_secret_is_refused(secret: int) -> None:
    body = f"mist1:{secret:064x}"
    with pytest.raises(InvalidInput) as caught:
        read_request(f"{body}:{mark(body, *SOMEWHERE)}", *SOMEWHERE)
    assert not isinstance(caught.value, ForeignRequest)


@pytest.mark.parametrize("more", ["0", ":", " 0", "\nmist1:"])
def test_a_request_with_something_behind_it_is_refused(more: str) -> None:
    with pytest.raises(InvalidInput):
        read_request(write_request(77, *SOMEWHERE) + more, *SOMEWHERE)


def test_a_leaf_an_address_or_zero_is_no_request() -> None:
    leaf = NOTE.leaf(plain_hash)
    for text in (hex(leaf), f"{leaf:064x}", hex(NOTE.owner), ""):
        with pytest.raises(InvalidInput):
            read_request(text, *SOMEWHERE)
    for secret in (0, FIELD, -1):
        with pytest.raises(InvalidInput):
            write_request(secret, *SOMEWHERE)
