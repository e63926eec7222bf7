"""Names for addresses of others, kept on this computer."""

from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain.felt import Felt
from obsqra_desktop.domain.pools import Strict

BOOK_SCHEMA: Final = "obsqra/address-book/1"


class Contact(Strict):
    """One address with a name; names are unique without regard to case."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    address: Felt
    note: Annotated[str, Field(max_length=200)] = ""


class AddressBook(Strict):
    """address-book.json."""

    schema_id: Literal["obsqra/address-book/1"] = Field(default=BOOK_SCHEMA, alias="schema")
    contacts: Annotated[tuple[Contact, ...], Field(max_length=5000)] = ()

    def named(self, name: str) -> Contact | None:
        """The contact of that name."""
        wanted = name.strip().casefold()
        return next((one for one in self.contacts if one.name.casefold() == wanted), None)

    def name_of(self, address: int) -> str | None:
        """The name of an address."""
        return next((one.name for one in self.contacts if one.address == address), None)
