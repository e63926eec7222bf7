"""Accounts: the classes that the program can make, and what is kept of each account."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from obsqra_desktop.domain.felt import Count, Felt, address_form
from obsqra_desktop.domain.pools import Strict, printable

ACCOUNTS_SCHEMA: Final = "obsqra/accounts/1"
CURVE_ORDER: Final = 0x800000000000010FFFFFFFFFFFFFFFFB781126DCAE7B2321E66A241ADC64D2F
"""Order of the STARK curve (StarkWare, "STARK curve"): private keys are 1 .. CURVE_ORDER - 1."""

PUBLIC_KEY_BITS: Final = 128
"""starknet-devnet draws the keys of its accounts from 128 bits and prints them, for every seed."""


class AccountKind(StrEnum):
    """Account classes of which the program knows how to make one."""

    OPENZEPPELIN = "openzeppelin-1.0.0"
    READY = "ready-0.4.0"


CLASS_HASHES: Final = {
    AccountKind.OPENZEPPELIN: 0x05B4B537EAA2399E3AA99C4E2E0208EBD6C71BC1467938CD52C798C601E43564,
    AccountKind.READY: 0x036078334509B514626504EDC9FB252328D1A240E4E948BEF8D0C08DFF45927F,
}
"""OpenZeppelin cairo-contracts v1.0.0 and argent-contracts deployments/account.txt (0.4.0)."""


def constructor_calldata(kind: AccountKind, public_key: int) -> tuple[int, ...]:
    """OpenZeppelin: the key. Ready: owner Signer::Starknet(key), guardian None."""
    if kind is AccountKind.READY:
        return (0, public_key, 1)
    return (public_key,)


def is_publicly_known(private_key: int) -> bool:
    """Whether a key can be one of a devnet's: a random key this small is not to be expected."""
    return private_key < 1 << PUBLIC_KEY_BITS


class Account(Strict):
    """An account on one network; `public_key` is None for a watched address."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    label: Annotated[str, Field(max_length=60), AfterValidator(printable)]
    network: str
    address: Felt
    kind: AccountKind | None
    class_hash: Felt | None
    salt: Felt | None
    public_key: Felt | None
    created_at: Count
    backed_up: bool = False
    """Its own key is in a file that was saved, or came from one."""
    secret_backed_up: bool | None = None
    """Of an account whose key follows from the secret of private money: whether a backup with that
    secret was saved. None of every other."""
    deployed: bool = False
    """On the chain when it was last looked at; a practice chain can be started anew without it."""

    @property
    def watch_only(self) -> bool:
        """Whether there is no key for it here."""
        return self.public_key is None

    @property
    def comes_back(self) -> bool:
        """Whether something was saved that brings its key back."""
        return self.backed_up or self.secret_backed_up is True

    @property
    def address_text(self) -> str:
        """With checksum."""
        return address_form(self.address)


class AccountsFile(Strict):
    """accounts.json; secrets are in the vault."""

    schema_id: Literal["obsqra/accounts/1"] = Field(default=ACCOUNTS_SCHEMA, alias="schema")
    accounts: Annotated[tuple[Account, ...], Field(max_length=1000)] = ()
    selected: dict[str, str] = Field(default_factory=dict)
    """Network id to account id."""

    @model_validator(mode="after")
    def _consistent(self) -> "AccountsFile":
        if len({one.id for one in self.accounts}) != len(self.accounts):
            raise ValueError("two accounts have the same id")
        return self
