"""Accounts to choose an owner of notes from."""

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.ui.widgets.base import literal
from obsqra_desktop.ui.widgets.choice import Select


def name_of(account: Account) -> str:
    """Its name here, or the ends of its address."""
    text = account.address_text
    return account.label or f"{text[:8]}…{text[-6:]}"


def fill_owners(select: Select, accounts: tuple[Account, ...], chosen: int | None) -> None:
    """All accounts whose key is here. Qt's numbers are too small for an address: it is text."""
    before = owner_in(select) or chosen
    select.clear()
    for one in accounts:
        if not one.watch_only:
            select.addItem(literal(name_of(one)), one.address_text)
    for wanted in (before, chosen):
        if wanted is not None and choose_owner(select, wanted):
            return


def owner_in(select: Select) -> int | None:
    """The address that is chosen."""
    text = select.currentData()
    return int(text, 16) if isinstance(text, str) else None


def choose_owner(select: Select, address: int) -> bool:
    """Choose it; False if it is none of them."""
    number = select.findData(address_form(address))
    if number >= 0:
        select.setCurrentIndex(number)
    return number >= 0
