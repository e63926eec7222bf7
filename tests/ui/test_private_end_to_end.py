"""Private money from the window on a real practice chain: in, divided, forwarded, out to a fresh
account; then everything but the chain is lost and comes back from a backup.

Everything is real: the devnet, the pool and its check of proofs, the proofs, the vault, the files.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteState
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.flows.first_account import Need
from obsqra_desktop.flows.send import Step
from obsqra_desktop.privacy.request import read_request, write_request
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.ui.pages.private.page import PrivatePage
from obsqra_desktop.ui.widgets.private.owners import choose_owner, wants_fresh
from obsqra_desktop.ui.widgets.private.spend import ACTIONS
from obsqra_desktop.ui.window import ACCOUNT, PRIVATE
from tests.devnet import binary
from tests.ui.conftest import Driver, Start
from tests.ui.looking import photograph, scroll_to
from tests.ui.qr import codes_on

pytestmark = pytest.mark.loopback
ONE = 10**18
PASSPHRASE = "four words are enough"
STRANGER = 0x57A26E
ODD = "12.345678901234567"


@pytest.fixture
def services(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    """Over an empty data folder."""
    monkeypatch.setenv("PATH", str(Path(binary()).parent), prepend=":")
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    return build_services(data_dir)


@pytest.fixture
def owner(start: Start, services: Services) -> Iterator[Driver]:
    """A practice chain with a deployed account; how one gets there is tested elsewhere."""
    ui = start(services)

    async def prepare() -> None:
        await services.practice.up()
        await services.accounts.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE)
        account = await services.accounts.new(AccountKind.OPENZEPPELIN, "Main", "practice")
        services.accounts.select(account)
        await services.practice.faucet(account.address, STRK.address, 1_000 * ONE)
        record = await services.sending.send(await services.sending.plan_deploy(account))
        await services.sending.track(record.id)

    ui.run(prepare())
    yield ui
    close(ui)
    ui.loop.run_until_complete(services.practice.down())
    ui.loop.run_until_complete(services.close())


def close(ui: Driver) -> None:
    ui.window.close()
    ui.loop.run_until_complete(ui.window.runner.close())


def notes(page: PrivatePage) -> list[HeldNote]:
    """Those whose money is in the pool, oldest first."""
    assert page.book is not None
    return [one for one in page.book.notes if one.state is NoteState.UNSPENT]


def go(ui: Driver, page: PrivatePage, *, proved: bool = True, picture: str = "") -> None:
    """From the plan that is shown to its receipt."""
    ui.until(lambda: page.steps.flow.step is Step.CHECK)
    assert page.steps.send_button.isHidden(), "nothing can be sent before its fee is known"
    before = len(ui.services.history.listing())
    ui.click(page.steps.prove_button)
    ui.until(lambda: page.steps.send_button.isVisible() and page.steps.send_button.isEnabled())
    assert len(ui.services.history.listing()) == before, "told before anything is sent"
    draft = page.steps.flow.draft
    assert draft is not None
    assert (draft.proof_seconds is not None) is proved
    assert "fee at most" in page.steps.send_button.text()
    assert "stay hidden" not in page.steps.send_button.text(), "told on top; the verb is short"
    if picture:
        photograph(ui, picture)
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    assert page.steps.do.notice.words.startswith("Done: confirmed"), page.steps.do.notice.words
    assert len(ui.services.history.listing()) == before + 1


def home(ui: Driver, page: PrivatePage) -> None:
    """Back, and look for what came of it."""
    ui.click(page.steps.done_button)
    ui.settle()
    assert not page.view.scan.notice.isVisible(), page.view.scan.notice.words


def spend(
    ui: Driver, page: PrivatePage, note: HeldNote, action: MistAction, amount: str = ""
) -> None:
    """Choose a note and fill in what becomes of it; what stays of it stays with its owner."""
    page.view.notes.choose(note.id)
    ui.pause()
    form = page.view.spend
    assert form.held is not None
    assert form.held.id == note.id
    ui.click(form.action.group.button(ACTIONS.index(action)))
    assert choose_owner(form.owner, note.owner)
    if amount:
        form.amount.text.setText(amount)


def balance(ui: Driver, address: int) -> int:
    async def ask() -> int:
        network = await ui.services.networks.resolve()
        async with ui.services.chain.open(network, "test") as session:
            low, _ = await session.call(STRK.address, "balanceOf", (address,))
            return low

    return ui.run(ask())


def deploy_on_its_page(ui: Driver, account: Account) -> None:
    """Play money and a contract for a fresh account."""
    ui.window.open_page(ACCOUNT)
    ui.settle()
    page = ui.window.account
    page.choose(account)
    ui.settle()
    page._on_postponed()  # its key follows from the secret
    ui.until(lambda: page.need is Need.FUNDS)
    ui.click(page.fund.faucet)
    ui.until(lambda: page.need is Need.DEPLOY)
    ui.until(page.deploy_form.button.isEnabled)
    ui.click(page.deploy_form.button)
    ui.until(lambda: page.need is Need.NOTHING)


def test_from_one_account_to_a_fresh_one_and_back_from_a_backup(
    owner: Driver, start: Start, data_dir: Path, tmp_path: Path
) -> None:
    ui, window = owner, owner.window
    window.open_page(PRIVATE)
    ui.settle()
    page = window.private
    page.steps.review.setInterval(0)
    ui.click(page.view.pool.make_button)
    ui.until(lambda: page.view.pool.address.isVisible())
    ui.settle()
    main = page.account
    assert main is not None

    page.view.deposit.amount.text.setText("100")
    ui.click(page.view.deposit.button)
    go(ui, page, proved=False)
    home(ui, page)
    assert [one.amount for one in notes(page)] == [100 * ONE]

    spend(ui, page, notes(page)[0], MistAction.SPLIT, "50")
    ui.click(page.view.spend.button)
    ui.until(lambda: page.steps.flow.step is Step.CHECK)
    go(ui, page)
    home(ui, page)
    assert [one.amount for one in notes(page)] == [50 * ONE, 50 * ONE]

    before = balance(ui, main.address)
    spend(ui, page, notes(page)[0], MistAction.WITHDRAW, "20")
    ui.click(page.view.spend.button)
    go(ui, page, picture="private_real_step")
    home(ui, page)
    assert sorted(one.amount for one in notes(page)) == [30 * ONE, 50 * ONE]
    assert before + 19 * ONE < balance(ui, main.address) < before + 20 * ONE

    # a fresh account asks to be paid: a forward to one's own request is a note here at once
    ui.click(page.view.deposit.account_button)
    ui.settle()
    fresh = next(one for one in page.accounts if one.address != main.address)
    assert choose_owner(page.view.requests.owner, fresh.address)
    ui.click(page.view.requests.button)
    ui.settle()
    request = page.view.requests.text._value
    scroll_to(page.view.requests.code)
    ui.pause()
    assert codes_on(window) == [request], "read from the window's pixels"
    assert page.book is not None
    (asked,) = page.book.requests
    place = page.book.chain_id, page.book.pool
    assert read_request(request, *place) == asked.secret
    large = next(one for one in notes(page) if one.amount == 50 * ONE)
    spend(ui, page, large, MistAction.FORWARD, "10")
    page.view.spend.request.setText(request)
    ui.click(page.view.spend.button)
    go(ui, page)
    home(ui, page)
    assert page.book is not None
    assert page.book.handovers == ()
    received = next(one for one in notes(page) if one.owner == fresh.address)
    assert received.amount == 10 * ONE

    # a stranger is told how much by a file
    rest = next(one for one in notes(page) if one.amount == 40 * ONE)
    spend(ui, page, rest, MistAction.FORWARD, "20")
    page.view.spend.request.setText(write_request(STRANGER, *place))
    ui.click(page.view.spend.button)
    go(ui, page)
    home(ui, page)
    (hand_over,) = page.book.handovers
    assert page.view.hand_overs.isVisible()
    told = tmp_path / "hand-over.json"
    page.desk.hand_over(hand_over.id, told, PASSPHRASE)
    ui.settle()
    assert told.exists()
    assert page.view.hand_overs.isVisible(), "it can be saved again"

    # re-wrapped to it, and out by it alone
    third = next(one for one in notes(page) if one.amount == 30 * ONE)
    spend(ui, page, third, MistAction.REWRAP)
    assert choose_owner(page.view.spend.owner, fresh.address)
    ui.click(page.view.spend.button)
    go(ui, page)
    home(ui, page)
    moved = next(one for one in notes(page) if one.amount == 30 * ONE)
    assert moved.owner == fresh.address
    deploy_on_its_page(ui, fresh)
    window.open_page(PRIVATE)
    ui.settle()
    before = balance(ui, fresh.address)
    spend(ui, page, moved, MistAction.WITHDRAW)
    page.view.spend.all.setChecked(True)
    ui.click(page.view.spend.button)
    go(ui, page, picture="private_real_fresh")
    home(ui, page)
    assert before + 29 * ONE < balance(ui, fresh.address) < before + 30 * ONE
    kept = {(one.amount, one.owner) for one in notes(page)}
    assert kept == {(20 * ONE, main.address), (10 * ONE, fresh.address)}

    # all that this folder knows is lost, but not the chain
    saved = tmp_path / "backup.json"
    page.desk.back_up(saved, PASSPHRASE)
    ui.settle()
    assert "with all notes" in page.view.files.state.text()
    assert not page.view.back_up.isVisible()
    page.view.verticalScrollBar().setValue(0)
    photograph(ui, "private_real")
    lose(ui, data_dir)
    again = brought_back(start, data_dir, saved)
    page = again.window.private
    assert {(one.amount, one.owner) for one in notes(page)} == kept
    assert "with all notes" in page.view.files.state.text(), "they lie in that file"
    assert not page.view.back_up.isVisible()
    photograph(again, "private_restored")

    # parts that stand nowhere on chain are in the copy beside the backup
    page.steps.review.setInterval(0)
    whole = next(one for one in notes(page) if one.amount == 20 * ONE)
    spend(again, page, whole, MistAction.SPLIT, ODD)
    again.click(page.view.spend.button)
    go(again, page)
    home(again, page)
    assert page.copy.has_all
    assert not page.view.back_up.isVisible()
    assert "2 notes since then: in the copy" in page.view.files.state.text()
    divided = {(one.amount, one.owner) for one in notes(page)}
    assert len(divided) == 3
    lose(again, data_dir)
    again = brought_back(start, data_dir, saved)
    page = again.window.private
    assert {(one.amount, one.owner) for one in notes(page)} == divided
    assert not page.view.missing.isVisible()

    # without it another backup is wanted
    again.click(page.view.files.copy.off_button)
    again.settle()
    assert "Back up again" in page.view.back_up.words
    assert "2 notes would be lost" in page.view.back_up.words
    page.desk.back_up(saved, PASSPHRASE)
    again.settle()
    assert not page.view.back_up.isVisible()
    close(again)
    again.run(again.services.close())


def test_a_token_of_the_practice_market_goes_in_and_out_to_a_fresh_account(
    owner: Driver,
) -> None:
    """With six decimal places: its balance, its own common amounts, a note of it, a part of that
    out to a fresh account."""
    ui, window = owner, owner.window
    ui.run(ui.services.practice_market.make())
    window.open_page(PRIVATE)
    ui.settle()
    page = window.private
    page.steps.review.setInterval(0)
    ui.click(page.view.pool.make_button)
    ui.until(lambda: page.view.pool.address.isVisible())
    ui.settle()
    form = page.view.deposit
    dollar = next(one for one in page.tokens if one.symbol == "pUSDC")
    assert dollar.decimals == 6
    form.token.choose(dollar.address)
    ui.settle()
    assert form.source.text() == "Main · 0 pUSDC"
    ui.click(form.faucet)
    ui.settle()
    assert form.source.text() == "Main · 1\N{NARROW NO-BREAK SPACE}000 pUSDC", (
        page.view.notice.words
    )
    assert form.amount.common.itemText(1) == "0.001"

    ui.click(form.account_button)
    ui.settle()
    fresh = next(one for one in page.accounts if one.label != "Main")
    assert choose_owner(form.owner, fresh.address)
    form.amount.text.setText("50")
    scroll_to(form)
    photograph(ui, "private_real_token")
    ui.click(form.button)
    go(ui, page, proved=False)
    home(ui, page)
    (held,) = notes(page)
    assert (held.token, held.amount, held.owner) == (dollar.address, 50_000_000, fresh.address)
    assert page.view.notes.sum.text() == "50 pUSDC"
    assert form.token.token == dollar, "the next one is of the same, until another is chosen"
    assert form.source.text() == "Main · 950 pUSDC"

    deploy_on_its_page(ui, fresh)
    window.open_page(PRIVATE)
    ui.settle()
    spend(ui, page, held, MistAction.WITHDRAW, "20")
    ui.click(page.view.spend.button)
    go(ui, page, picture="private_real_token_out")
    home(ui, page)
    (rest,) = notes(page)
    assert (rest.token, rest.amount) == (dollar.address, 30_000_000)
    assert ui.run(ui.services.money.balance(fresh, dollar)) == 20_000_000
    assert rest.owner == fresh.address

    # what stays of a note whose owner has put it in is for a fresh account, if nobody says else
    main = next(one for one in page.accounts if one.label == "Main")
    assert choose_owner(form.owner, main.address)
    form.amount.text.setText("10")
    ui.click(form.button)
    go(ui, page, proved=False)
    home(ui, page)
    mine = next(one for one in notes(page) if one.owner == main.address)
    page.view.notes.choose(mine.id)
    ui.pause()
    assert wants_fresh(page.view.spend.owner)
    page.view.spend.amount.text.setText("2")
    ui.click(page.view.spend.button)
    go(ui, page, picture="private_real_rest")
    home(ui, page)
    stays = next(one for one in notes(page) if one.amount == 8_000_000)
    assert stays.owner not in {main.address, fresh.address}
    assert stays.owner in {one.address for one in page.accounts}
    close(ui)


def lose(ui: Driver, data_dir: Path) -> None:
    """All that the folder knows, but not the chain."""
    close(ui)
    ui.run(ui.services.close())
    for one in data_dir.iterdir():
        if one.name != "practice":
            if one.is_dir():
                shutil.rmtree(one)
            else:
                one.unlink()


def brought_back(start: Start, data_dir: Path, saved: Path) -> Driver:
    """A program that was started in the empty folder, restored the backup, and has looked."""
    ui = start(build_services(data_dir))
    ui.run(ui.services.accounts.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE))
    ui.window.open_page(PRIVATE)
    ui.settle()
    page = ui.window.private
    assert page.book is None
    page.desk.restore(saved, PASSPHRASE)
    ui.settle()
    assert "notes brought back" in page.view.files.notice.words
    assert "With the copy beside it" in page.view.files.notice.words
    ui.click(page.view.scan.deep_button)
    ui.until(lambda: not page.pools.busy)
    ui.settle()
    return ui
