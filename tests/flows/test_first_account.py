"""The road to a first account: every case, and that it never offers what would fail."""

import itertools

from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.network import default_settings
from obsqra_desktop.flows.first_account import STEPS, Need, left_out, next_need, step_of
from tests.services.model_chain import ACCOUNT

NONE = VaultState(VaultMethod.NONE, True, None, "")
LOCKED = VaultState(VaultMethod.PASSPHRASE, True, None, "")
OPEN = VaultState(VaultMethod.PASSPHRASE, False, None, "")
MAINNET, SEPOLIA, PRACTICE = default_settings().networks
NEW = ACCOUNT.model_copy(update={"deployed": False})


def test_the_road_on_the_practice_chain() -> None:
    def at(vault, account, balance, fee, deployed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        return next_need(vault, PRACTICE, account, balance, fee, deployed, False)

    assert at(NONE, None, None, None, None) is Need.PROTECTION
    assert at(LOCKED, None, None, None, None) is Need.UNLOCK
    assert at(OPEN, None, None, None, None) is Need.ACCOUNT
    assert at(OPEN, NEW, None, None, False) is Need.FUNDS
    assert at(OPEN, NEW, 4, 5, False) is Need.FUNDS
    assert at(OPEN, NEW, 5, 5, False) is Need.DEPLOY
    assert at(LOCKED, NEW, 5, 5, False) is Need.UNLOCK
    assert at(OPEN, NEW, 5, 5, True) is Need.NOTHING


def test_real_money_wants_a_backup_first() -> None:
    for network in (MAINNET, SEPOLIA):
        assert next_need(OPEN, network, NEW, 9, 5, False, False) is Need.BACKUP
        assert next_need(LOCKED, network, NEW, 9, 5, False, False) is Need.UNLOCK
        assert next_need(OPEN, network, NEW, 9, 5, False, True) is Need.DEPLOY
        saved = NEW.model_copy(update={"backed_up": True})
        assert next_need(OPEN, network, saved, 9, 5, False, False) is Need.DEPLOY


def test_never_offers_what_would_fail() -> None:
    watched = NEW.model_copy(update={"public_key": None})
    cases = itertools.product(
        (NONE, LOCKED, OPEN),
        (MAINNET, PRACTICE),
        (None, NEW, watched),
        (None, 0, 9),
        (None, 5),
        (None, False, True),
        (False, True),
    )
    for vault, network, account, balance, fee, deployed, postponed in cases:
        need = next_need(vault, network, account, balance, fee, deployed, postponed)
        if need is Need.DEPLOY:
            assert account is NEW
            assert not vault.locked
            assert balance is not None
            assert fee is not None
            assert balance >= fee
            assert not deployed
        if need in {Need.ACCOUNT, Need.BACKUP}:
            assert not vault.locked
        if need is Need.PROTECTION:
            assert vault is NONE
        assert 0 <= step_of(need, account) < len(STEPS)


def test_a_backup_that_was_left_out_is_not_called_done() -> None:
    backup = frozenset({STEPS.index(Need.BACKUP)})
    for need in Need:
        after = need in {Need.FUNDS, Need.DEPLOY, Need.UNLOCK, Need.NOTHING}
        assert left_out(need, NEW) == (backup if after else frozenset()), need
        assert left_out(need, None) == frozenset()
        for saved in ({"backed_up": True}, {"secret_backed_up": True}):
            assert left_out(need, NEW.model_copy(update=saved)) == frozenset()
