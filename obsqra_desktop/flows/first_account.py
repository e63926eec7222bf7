"""The road to a first account, read off from what there is: nothing is remembered in between, so
that closing the window at any point loses nothing."""

from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.network import Network


class Need(StrEnum):
    """What comes next."""

    PROTECTION = "protection"
    """Say how keys are protected."""
    UNLOCK = "unlock"
    ACCOUNT = "account"
    """Make a key and its address."""
    BACKUP = "backup"
    FUNDS = "funds"
    DEPLOY = "deploy"
    NOTHING = "nothing"


STEPS = (Need.PROTECTION, Need.ACCOUNT, Need.BACKUP, Need.FUNDS, Need.DEPLOY)
"""As a newcomer sees them; unlocking comes in between where it must."""


BACKUP_WORDS: Final = {
    None: "none yet",
    False: "not yet: it comes back with a backup of private money, and none was saved",
    True: "with private money: its backup brings this key back",
}
"""By whether a backup with the secret was saved that the key follows from, if it does."""


def backup_words(account: Account) -> str:
    """What would bring its key back, the same in window and terminal."""
    return "saved" if account.backed_up else BACKUP_WORDS[account.secret_backed_up]


def next_need(
    vault: VaultState,
    network: Network,
    account: Account | None,
    balance: int | None,
    fee: int | None,
    deployed: bool | None,
    backup_postponed: bool,
) -> Need:
    """What is missing; balance and fee in fri, None for unknown.

    An unknown balance or fee counts as not enough: nothing is offered that would fail. On the
    practice chain a backup is offered but not asked for.
    """
    if account is None:
        if vault.method is VaultMethod.NONE:
            return Need.PROTECTION
        return Need.UNLOCK if vault.locked else Need.ACCOUNT
    if account.watch_only or deployed or account.deployed:
        return Need.NOTHING
    if network.real and not account.comes_back and not backup_postponed:
        return Need.UNLOCK if vault.locked else Need.BACKUP
    if balance is None or fee is None or balance < fee:
        return Need.UNLOCK if vault.locked and fee is None else Need.FUNDS
    return Need.UNLOCK if vault.locked else Need.DEPLOY


def left_out(need: Need, account: Account | None) -> frozenset[int]:
    """The numbers of the steps before it that were not done: only a backup can be left out."""
    backup = STEPS.index(Need.BACKUP)
    if account is None or account.comes_back or step_of(need, account) <= backup:
        return frozenset()
    return frozenset({backup})


def step_of(need: Need, account: Account | None) -> int:
    """The number of the step that is shown as the current one."""
    if need is Need.UNLOCK:
        return 0 if account is None else STEPS.index(Need.FUNDS)
    return len(STEPS) - 1 if need is Need.NOTHING else STEPS.index(need)
