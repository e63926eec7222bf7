"""Names for addresses."""

from pathlib import Path

from pydantic import ValidationError

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import AddressBook, Contact
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.services.chain_ports import BookStore, FileSaver


class AddressBookService:
    """Contacts are kept on this computer and never sent anywhere."""

    def __init__(self, store: BookStore, saver: FileSaver) -> None:
        self._store = store
        self._saver = saver

    def contacts(self) -> tuple[Contact, ...]:
        """By name."""
        return tuple(sorted(self._store.load().contacts, key=lambda one: one.name.casefold()))

    def add(self, name: str, address_text: str, note: str = "") -> Contact:
        """A new name; raises InvalidInput, also when the name or the address is there."""
        contact = made(name, parse_address(address_text), note)
        book = self._store.load()
        known = book.name_of(contact.address)
        if known is not None:
            raise InvalidInput(f"That address is there already, as “{known}”.", where="address")
        if book.named(contact.name) is not None:
            raise InvalidInput("That name is taken.", where="name")
        self._store.save(book.model_copy(update={"contacts": (*book.contacts, contact)}))
        return contact

    def update(self, old_name: str, name: str, address_text: str, note: str) -> Contact:
        """Change one; raises NotFound, InvalidInput."""
        book = self._store.load()
        old = book.named(old_name)
        if old is None:
            raise NotFound(f"There is no “{old_name[:60]}” in the address book.")
        contact = made(name, parse_address(address_text), note)
        others = tuple(one for one in book.contacts if one is not old)
        rest = AddressBook(contacts=others)
        if rest.named(contact.name) is not None:
            raise InvalidInput("That name is taken.", where="name")
        known = rest.name_of(contact.address)
        if known is not None:
            raise InvalidInput(f"That address is there already, as “{known}”.", where="address")
        self._store.save(AddressBook(contacts=(*others, contact)))
        return contact

    def remove(self, name: str) -> Contact:
        """Take a name away; the contact, so that it can be put back."""
        book = self._store.load()
        old = book.named(name)
        if old is None:
            raise NotFound(f"There is no “{name[:60]}” in the address book.")
        rest = tuple(one for one in book.contacts if one is not old)
        self._store.save(AddressBook(contacts=rest))
        return old

    def resolve(self, words: str) -> int:
        """The address of a name, or an address as it was typed; raises NotFound, InvalidInput."""
        clean = words.strip()
        if clean.lower().startswith("0x"):
            return parse_address(clean)
        found = self._store.load().named(clean)
        if found is None:
            raise NotFound(
                f"There is no “{clean[:60]}” in the address book.",
                hint="Type an address, which starts with 0x, or a name of the book.",
            )
        return found.address

    def name_of(self, address: int) -> str | None:
        """The name of an address, if it has one."""
        return self._store.load().name_of(address)

    def export(self, path: Path) -> int:
        """Save the book for another computer; how many contacts it has."""
        book = self._store.load()
        self._saver.save(path, strict_json.pretty(book))
        return len(book.contacts)

    def import_from(self, path: Path) -> int:
        """Add what is not there yet; how many. Names that are taken stay as they are."""
        book, foreign = self._store.load(), self._store.read_from(path)
        added = [
            one
            for one in foreign.contacts
            if book.named(one.name) is None and book.name_of(one.address) is None
        ]
        self._store.save(book.model_copy(update={"contacts": (*book.contacts, *added)}))
        return len(added)


def made(name: str, address: int, note: str) -> Contact:
    """A checked contact."""
    try:
        return Contact(name=name.strip(), address=address, note=note.strip())
    except ValidationError as error:
        raise strict_json.invalid(error, "contact") from None
