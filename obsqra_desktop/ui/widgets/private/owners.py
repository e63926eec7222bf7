"""Accounts to choose an owner of notes from."""

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.ui.widgets.base import literal
from obsqra_desktop.ui.widgets.choice import Select


def name_of(account: Account) -> str:
    """Its name here, or the ends of its address."""
    text = account.address_text
    return account.label or f"{text[:8]}…{text[-6:]}"


FRESH = "fresh"
"""Data of the row for an account that is made when it is needed."""


def fill_owners(
    select: Select, accounts: tuple[Account, ...], chosen: int | None, fresh: str = ""
) -> None:
    """All accounts whose key is here. Qt's numbers are too small for an address: it is text. With
    `fresh`, words for it, one can be chosen that is not made yet."""
    before, unmade = owner_in(select) or chosen, wants_fresh(select)
    select.clear()
    if fresh:
        select.addItem(fresh, FRESH)
    for one in accounts:
        if not one.watch_only:
            select.addItem(literal(name_of(one)), one.address_text)
    if fresh and unmade:
        return  # it is the first row
    for wanted in (before, chosen):
        if wanted is not None and choose_owner(select, wanted):
            return


def owner_in(select: Select) -> int | None:
    """The address that is chosen; None for one that is not made yet."""
    text = select.currentData()
    return int(text, 16) if isinstance(text, str) and text != FRESH else None


def wants_fresh(select: Select) -> bool:
    """Whether an account is chosen that is not made yet."""
    return bool(select.currentData() == FRESH)


def choose_owner(select: Select, address: int) -> bool:
    """Choose it; False if it is none of them."""
    number = select.findData(address_form(address))
    if number >= 0:
        select.setCurrentIndex(number)
    return number >= 0
