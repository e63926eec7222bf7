"""Names for addresses of others, kept on this computer."""

import unicodedata
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from obsqra_desktop.domain.felt import ADDRESS_BOUND, Felt
from obsqra_desktop.domain.pools import Strict, printable

BOOK_SCHEMA: Final = "obsqra/address-book/1"


def name_key(name: str) -> str:
    """What is compared: names that look the same to a person are one name."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def possible_address(address: int) -> int:
    """The address; ValueError if no contract can have it."""
    if not 1 < address < ADDRESS_BOUND:
        raise ValueError("no contract can have this address")
    return address


class Contact(Strict):
    """One address with a name; names are unique without regard to case."""

    name: Annotated[str, Field(min_length=1, max_length=60), AfterValidator(printable)]
    address: Annotated[Felt, AfterValidator(possible_address)]
    note: Annotated[str, Field(max_length=200), AfterValidator(printable)] = ""


class AddressBook(Strict):
    """address-book.json."""

    schema_id: Literal["obsqra/address-book/1"] = Field(default=BOOK_SCHEMA, alias="schema")
    contacts: Annotated[tuple[Contact, ...], Field(max_length=5000)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "AddressBook":
        if len({name_key(one.name) for one in self.contacts}) != len(self.contacts):
            raise ValueError("two contacts have the same name")
        return self

    def named(self, name: str) -> Contact | None:
        """The contact of that name."""
        wanted = name_key(name)
        return next((one for one in self.contacts if name_key(one.name) == wanted), None)

    def name_of(self, address: int) -> str | None:
        """The name of an address."""
        return next((one.name for one in self.contacts if one.address == address), None)
