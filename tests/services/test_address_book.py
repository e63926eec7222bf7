"""Names for addresses: what is refused, what an import adds, and two writers at once."""

import contextlib
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import AddressBook, Contact
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.services.address_book import AddressBookService
from obsqra_desktop.storage.address_book import AddressBookFile
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.user_files import NamedFiles

ADDRESS = address_form(0xF00D)


def service(folder: Path) -> AddressBookService:
    return AddressBookService(AddressBookFile(folder, FolderLock(folder / "lock")), NamedFiles())


@pytest.fixture
def book(data_dir: Path) -> AddressBookService:
    return service(data_dir)


def test_a_contact_is_kept_changed_and_removed(book: AddressBookService, data_dir: Path) -> None:
    assert book.contacts() == ()
    book.add("  Zoë ", ADDRESS, "from the market")
    book.add("anna", "0x77")
    assert [one.name for one in service(data_dir).contacts()] == ["anna", "Zoë"]
    assert book.name_of(0xF00D) == "Zoë"
    assert book.resolve(" zoë ") == 0xF00D
    assert book.resolve("0x1234") == 0x1234
    book.update("zoë", "Zoe", "0x88", "")
    assert book.contacts()[1] == Contact(name="Zoe", address=0x88)
    removed = book.remove("ZOE")
    assert book.name_of(0x88) is None
    book.add(removed.name, address_form(removed.address), removed.note)
    assert book.resolve("Zoe") == 0x88


@pytest.mark.parametrize(
    ("name", "address", "where"),
    [
        ("Friend", "0x99", "name"),
        ("ＦＲＩＥＮＤ", "0x99", "name"),
        ("Other", "0xf00d", "address"),
        ("0xf00d", "0x99", "name"),
        ("０ｘ1", "0x99", "name"),
        ("Other", "f00d", "address"),
        ("Other", "0x0", "address"),
        ("Other", ADDRESS[:-1] + "C", "address"),
    ],
)
def test_what_is_refused_changes_nothing(
    book: AddressBookService, name: str, address: str, where: str
) -> None:
    book.add("Friend", ADDRESS)
    before = book.contacts()
    with pytest.raises(InvalidInput) as caught:
        book.add(name, address)
    assert caught.value.where == where
    assert book.contacts() == before


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "two\nlines", "\u202egnp"])
def test_names_that_cannot_be_read(book: AddressBookService, name: str) -> None:
    with pytest.raises(InvalidInput):
        book.add(name, ADDRESS)
    assert book.contacts() == ()


def test_a_change_must_not_take_what_is_another_s(book: AddressBookService) -> None:
    book.add("Friend", ADDRESS)
    book.add("Shop", "0x99")
    before = book.contacts()
    with pytest.raises(InvalidInput, match="taken"):
        book.update("Shop", "friend", "0x99", "")
    with pytest.raises(InvalidInput, match="“Friend”"):
        book.update("Shop", "Shop", ADDRESS, "")
    assert book.contacts() == before
    book.update("Shop", "SHOP", "0x99", "only its letters and note change")
    assert book.resolve("shop") == 0x99


@pytest.mark.parametrize("verb", ["remove", "update", "resolve"])
def test_nobody_of_that_name(book: AddressBookService, verb: str) -> None:
    words = ("Nobody", "Somebody", ADDRESS, "") if verb == "update" else ("Nobody",)
    with pytest.raises(NotFound, match="“Nobody”"):
        getattr(book, verb)(*words)


def test_an_export_comes_back_on_another_computer(
    book: AddressBookService, data_dir: Path, tmp_path: Path
) -> None:
    book.add("Friend", ADDRESS, "a note")
    book.add("Shop", "0x99")
    assert book.export(tmp_path / "book.json") == 2
    other = service(tmp_path / "other")
    other.add("friend", "0x5")
    assert other.import_from(tmp_path / "book.json") == 1
    assert {one.name: one.address for one in other.contacts()} == {"friend": 5, "Shop": 0x99}
    assert other.import_from(tmp_path / "book.json") == 0


def test_an_import_gives_no_address_two_names(book: AddressBookService, tmp_path: Path) -> None:
    foreign = AddressBook(contacts=(Contact(name="a", address=7), Contact(name="b", address=7)))
    (tmp_path / "book.json").write_bytes(strict_json.pretty(foreign))
    assert book.import_from(tmp_path / "book.json") == 1
    assert book.name_of(7) == "a"


def test_an_import_brings_no_name_that_looks_like_an_address(
    book: AddressBookService, tmp_path: Path
) -> None:
    foreign = AddressBook(contacts=(Contact(name="a", address=7), Contact(name="0x9", address=8)))
    (tmp_path / "book.json").write_bytes(strict_json.pretty(foreign))
    with pytest.raises(InvalidInput):
        book.import_from(tmp_path / "book.json")
    assert book.contacts() == ()


def test_a_full_book_takes_no_more_and_stays_readable(data_dir: Path, tmp_path: Path) -> None:
    book = service(data_dir)
    full = AddressBook(
        contacts=tuple(Contact(name=f"n{place}", address=place + 2) for place in range(5000))
    )
    AddressBookFile(data_dir, FolderLock(data_dir / "lock")).save(full)
    with pytest.raises(InvalidInput):
        book.add("one more", "0xf00d")
    one = AddressBook(contacts=(Contact(name="one more", address=0xF00D),))
    (tmp_path / "book.json").write_bytes(strict_json.pretty(one))
    with pytest.raises(InvalidInput):
        book.import_from(tmp_path / "book.json")
    assert len(book.contacts()) == 5000


def test_two_writers_lose_nothing(data_dir: Path) -> None:
    def write(who: int) -> None:
        mine = service(data_dir)
        for place in range(10):
            mine.add(f"{who}-{place}", hex(2 + who * 100 + place))

    threads = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(service(data_dir).contacts()) == 30


@given(st.text(max_size=80))
def test_any_words_are_an_address_a_name_or_refused(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    mine = service(tmp_path_factory.getbasetemp() / "any-words")
    address = None
    with contextlib.suppress(InvalidInput, NotFound):
        address = mine.resolve(words)
    assert address is None or int(words.strip(), 16) == address
