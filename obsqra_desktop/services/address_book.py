"""Names for addresses."""

from pathlib import Path

from pydantic import ValidationError

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import AddressBook, Contact, name_key
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.services.chain_ports import BookStore
from obsqra_desktop.services.ports import UserFiles


class AddressBookService:
    """Contacts are kept on this computer and never sent anywhere."""

    def __init__(self, store: BookStore, files: UserFiles) -> None:
        self._store = store
        self._files = files

    def contacts(self) -> tuple[Contact, ...]:
        """By name."""
        return tuple(sorted(self._store.load().contacts, key=lambda one: one.name.casefold()))

    def add(self, name: str, address_text: str, note: str = "") -> Contact:
        """A new name; raises InvalidInput, also when the name or the address is there."""
        contact = made(name, parse_address(address_text), note)
        with self._store.held():
            book = self._store.load()
            refuse_taken(book, contact)
            self._store.save(filled((*book.contacts, contact)))
        return contact

    def update(self, old_name: str, name: str, address_text: str, note: str) -> Contact:
        """Change one; raises NotFound, InvalidInput."""
        contact = made(name, parse_address(address_text), note)
        with self._store.held():
            old, others = self._apart(old_name)
            rest = filled(others)
            if contact.address != old.address or rest.named(contact.name):
                refuse_taken(rest, contact)
            self._store.save(filled((*others, contact)))
        return contact

    def remove(self, name: str) -> Contact:
        """Take a name away; the contact, so that it can be put back."""
        with self._store.held():
            old, others = self._apart(name)
            self._store.save(filled(others))
        return old

    def _apart(self, name: str) -> tuple[Contact, tuple[Contact, ...]]:
        """One contact, and the others."""
        book = self._store.load()
        found = book.named(name)
        if found is None:
            raise NotFound(f"There is no “{name[:60]}” in the address book.")
        return found, tuple(one for one in book.contacts if one is not found)

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
        self._files.save(path, strict_json.pretty(book))
        return len(book.contacts)

    def import_from(self, path: Path) -> int:
        """Add what is not there yet; how many. Names that are taken stay as they are."""
        foreign = self._store.read_from(path).contacts
        for one in foreign:
            refuse_misleading(one.name)
        with self._store.held():
            book = self._store.load()
            names = {name_key(one.name) for one in book.contacts}
            addresses = {one.address for one in book.contacts}
            added = []
            for one in foreign:
                if name_key(one.name) not in names and one.address not in addresses:
                    added.append(one)
                    addresses.add(one.address)
            if added:
                self._store.save(filled((*book.contacts, *added)))
        return len(added)


def filled(contacts: tuple[Contact, ...]) -> AddressBook:
    """A checked book; raises InvalidInput when it has become too large."""
    try:
        return AddressBook(contacts=contacts)
    except ValidationError as error:
        raise strict_json.invalid(error, "address book") from None


def refuse_taken(book: AddressBook, contact: Contact) -> None:
    """Raises InvalidInput when the name or the address is there."""
    if book.named(contact.name) is not None:
        raise InvalidInput("That name is taken.", where="name")
    known = book.name_of(contact.address)
    if known is not None:
        raise InvalidInput(f"That address is there already, as “{known}”.", where="address")


def refuse_misleading(name: str) -> None:
    """A name that looks like an address could be taken for one; raises InvalidInput."""
    if name_key(name).startswith("0x"):
        raise InvalidInput(
            "A name must not start with 0x: it would look like an address.", where="name"
        )


def made(name: str, address: int, note: str) -> Contact:
    """A checked contact."""
    refuse_misleading(name)
    try:
        return Contact(name=name.strip(), address=address, note=note.strip())
    except ValidationError as error:
        raise strict_json.invalid(error, "contact") from None
