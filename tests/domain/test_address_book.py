"""The address book: one name is one address."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import BOOK_SCHEMA, AddressBook, Contact, name_key
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND, PRIME
from tests.domain.chain_strategies import addresses, visible

contacts = st.builds(Contact, name=visible, address=addresses, note=st.just("") | visible)


def parse(raw: bytes) -> AddressBook:
    return strict_json.parse(
        AddressBook, raw, what="address-book.json", schema=BOOK_SCHEMA, limit=10**6
    )


def raw_book(*listed: tuple[object, object]) -> bytes:
    entries = [{"name": name, "address": address} for name, address in listed]
    return json.dumps({"schema": BOOK_SCHEMA, "contacts": entries}).encode()


@given(st.lists(contacts, max_size=6, unique_by=lambda one: name_key(one.name)))
def test_round_trip_and_lookups(listed: list[Contact]) -> None:
    book = AddressBook(contacts=tuple(listed))
    assert parse(strict_json.pretty(book)) == book
    for one in listed:
        assert book.named(one.name) == one
        assert book.named(f"  {one.name}\n") == one
        first = next(other for other in listed if other.address == one.address)
        assert book.name_of(one.address) == first.name
    assert book.named("no such name") is None
    assert book.name_of(1) is None


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Alice", "ALICE"),
        ("Straße", "STRASSE"),
        ("Zo\u00eb", "Zoe\u0308"),  # composed, and with a combining mark
        ("Bank 1", "Bank \uff11"),  # full-width digit
        ("\ufb01rst", "first"),  # ligature
    ],
)
def test_names_that_look_the_same_are_the_same(kept: str, asked: str) -> None:
    book = parse(raw_book((kept, "0x1234"), ("Other", "0x99")))
    found = book.named(asked)
    assert found is not None
    assert found.address == 0x1234
    with pytest.raises(InvalidInput, match="same name"):
        parse(raw_book((kept, "0x1234"), (asked, "0x99")))


@pytest.mark.parametrize(
    "name",
    ["", " ", " a", "a ", "a\nb", "a\x00", "a\u202eb", "a\u200bb", "\ufeffa", "x" * 61, 1, None],
)
def test_refused_names(name: object) -> None:
    with pytest.raises(InvalidInput):
        parse(raw_book((name, "0x1234")))


@pytest.mark.parametrize(
    "address",
    [0, "0x0", "0x1", hex(ADDRESS_BOUND), hex(PRIME), "1234", "alice", True, None, 1.5, 2**53],
)
def test_refused_addresses(address: object) -> None:
    with pytest.raises(InvalidInput):
        parse(raw_book(("Alice", address)))


def test_edges_of_addresses() -> None:
    book = parse(raw_book(("Low", "0x2"), ("High", hex(ADDRESS_BOUND - 1))))
    assert book.name_of(2) == "Low"
    assert book.name_of(ADDRESS_BOUND - 1) == "High"
