"""The fresh account that what stays of a spend goes to: one that nothing is known of."""

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.mist.held_notes import NoteState
from tests.services.mist.money_parts import WHOLE, Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

pytestmark = pytest.mark.native


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


def test_what_was_given_up_leaves_no_row_of_accounts(wallet: Wallet, payer: Account) -> None:
    first = run(wallet.money.spare_account())
    assert first.secret_backed_up is not None, "its key follows from the secret"
    assert first.address != payer.address
    assert run(wallet.money.spare_account()) == first
    assert run(wallet.money.spare_account()) == first


def test_one_that_owns_asked_or_waits_is_taken(wallet: Wallet, payer: Account) -> None:
    money, taken = wallet.money, []

    def spare() -> Account:
        found = run(money.spare_account())
        assert found.address not in {one.address for one in taken}
        taken.append(found)
        return found

    note = wallet.deposit(payer, owner=spare().address)
    assert note.state is NoteState.UNSPENT
    run(money.new_request(None, spare().address))
    mine = wallet.deposit(payer)
    later = run(money.plan_withdraw(None, mine.id, WHOLE, spare().address))
    run(money.keep_waiting(later, 3))
    rest = run(money.plan_withdraw(None, mine.id, WHOLE, spare().address))
    wallet.done(rest)
    spare()
    assert len(taken) == 5
    assert wallet.book.next_account == 5
    owners = {one.owner for one in wallet.book.notes if one.parent == mine.id}
    assert owners == {taken[3].address}


def test_one_of_the_users_own_is_never_taken_for_it(wallet: Wallet, payer: Account) -> None:
    """Only accounts that the secret brings back: what stays would else need another backup."""
    idle = wallet.account("idle", 9)
    assert run(wallet.money.spare_account()).address not in {idle.address, payer.address}
