"""Files that come in and go out through the window's own dialogs and forms: real files, really
sealed, over services with a pool in memory."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.held_notes import MistBook, NoteState
from obsqra_desktop.privacy.keys import copy_key
from obsqra_desktop.services.mist.backup import Backup, BackupService, Restored
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.giving import Imported
from obsqra_desktop.storage.mist.backup import SealedBackup
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.user_files import NamedFiles
from tests.services.mist.money_parts import NETWORK, NOW, WHOLE
from tests.services.mist.money_parts import Wallet as PoolWallet
from tests.services.mist.parts import copies_in, run
from tests.services.mist.pool_chain import PoolChain
from tests.storage.vaults import CHEAP
from tests.ui.conftest import Driver, Start
from tests.ui.private import HandMist, services_with
from tests.ui.private import opened as on_its_page
from tests.ui.wallet import Wallet

pytestmark = pytest.mark.native
FILE_WORDS = "four words are enough"
WRONG = "some other four words"
PAID = 3 * WHOLE + 1


def desk_of(wallet: PoolWallet) -> MistDesk:
    """The real one, as far as files go."""
    nothing = cast("Any", None)
    notes, accounts = wallet.notes, wallet.accounts
    backups = BackupService(
        notes, accounts, SealedBackup(CHEAP), SealedCopy(), copy_key, lambda: NOW
    )
    copies = copies_in(wallet.folder, notes, accounts, lambda: NOW)
    return MistDesk(wallet.parts, wallet.money, nothing, nothing, backups, copies, NamedFiles())


@dataclass
class Filing(HandMist):
    """Files go through a real desk; the page sees its book."""

    mine: PoolWallet = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.desk = desk_of(self.mine)
        self.seen()

    def seen(self) -> None:
        book = self.mine.book
        self.book = book if book.notes or book.requests else None

    async def take_in(self, network_id: str | None, path: Path, passphrase: str) -> Imported:
        found = await self.desk.take_in(None, path, passphrase)
        self.seen()
        return found

    async def export(self, network_id: str | None, note: str, path: Path, passphrase: str) -> str:
        return await self.desk.export(None, note, path, passphrase)

    async def back_up(self, path: Path, passphrase: str, *, with_copy: bool) -> Backup:
        made = await self.desk.back_up(path, passphrase, with_copy=with_copy)
        self.seen()
        return made

    async def restore(
        self, path: Path, passphrase: str, *, trust_counters: bool = False
    ) -> Restored:
        found = await self.desk.restore(path, passphrase, trust_counters=trust_counters)
        self.mine.keys = await self.mine.notes.keys(NETWORK, self.mine.pool.address)
        self.seen()
        return found


@dataclass
class World:
    """A receiver with a note and a request, and the file of who has paid it."""

    mine: PoolWallet
    other: PoolWallet
    """Nothing is in it."""
    note: str
    paid: Path


@pytest.fixture
def world(tmp_path: Path) -> World:
    chain = PoolChain(NETWORK)
    mine, friend, other = (PoolWallet(tmp_path / one, chain) for one in ("mine", "friend", "other"))
    me, them = mine.account("me", 1), friend.account("friend", 2)
    given = run(mine.money.new_request(None, me.address))
    held, theirs = mine.deposit(me, 7 * WHOLE, label="savings"), friend.deposit(them)
    plan = run(friend.money.plan_forward(None, theirs.id, given.text, PAID))
    over = friend.done(plan).hand_over
    assert over is not None
    paid = tmp_path / "for-me.json"
    run(desk_of(friend).hand_over(None, over.id, paid, FILE_WORDS))
    return World(mine, other, held.id, paid)


def opened(start: Start, wallet: Wallet, mine: PoolWallet) -> Driver:
    ui = start(services_with(wallet, Filing(wallet, mine=mine)))
    ui.run(wallet.account("Savings"))
    on_its_page(ui)
    return ui


def choose(ui: Driver, path: Path) -> None:
    """In the dialog that is open."""
    dialog = ui.window.private.desk.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(path))
    dialog.close()
    ui.pause()


def type_known(ui: Driver, words: str, *, stays: bool = False) -> None:
    """The passphrase of a file that comes in."""
    form = ui.window.private.view.files.known
    assert form.isVisible()
    assert not form.button.isEnabled()
    form.once.setText(words)
    ui.click(form.button)
    ui.settle()
    assert form.isVisible() is stays
    assert form.once.text() == "", "it is not kept"


def type_new(ui: Driver, words: str) -> None:
    """A passphrase for a file that goes out, twice."""
    form = ui.window.private.view.files.new
    assert form.isVisible()
    assert form.twice is not None
    form.twice.first.setText(words)
    assert not form.button.isEnabled()
    form.twice.again.setText(words)
    ui.click(form.button)
    ui.pause()


def book_of(ui: Driver) -> MistBook:
    book = ui.window.private.book
    assert book is not None
    return book


def test_a_receiver_takes_in_what_was_handed_over(
    world: World, start: Start, wallet: Wallet
) -> None:
    ui = opened(start, wallet, world.mine)
    page, before = ui.window.private, world.mine.book
    ui.click(page.view.files.import_button)
    choose(ui, world.paid)
    assert "for-me.json" in page.view.files.known.words.text()
    type_known(ui, WRONG)
    assert page.view.notice.isVisible()
    assert world.mine.book == before, "nothing came of the wrong words"
    ui.click(page.view.files.import_button)
    choose(ui, world.paid)
    type_known(ui, FILE_WORDS)
    assert not page.view.notice.isVisible()
    assert page.view.files.notice.words == "The note is here"
    (come,) = [one for one in book_of(ui).notes if one.id != world.note]
    assert (come.amount, come.state) == (PAID, NoteState.UNSPENT)
    assert [one.state for one in book_of(ui).requests] == [RequestState.PAID]
    model = page.view.notes.model
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert sorted(shown) == ["3… STRK", "7 STRK"], "cut off where it says so"


def test_who_it_is_not_for_is_told_and_keeps_nothing(
    world: World, start: Start, wallet: Wallet
) -> None:
    ui = opened(start, wallet, world.other)
    page = ui.window.private
    ui.click(page.view.files.import_button)
    choose(ui, world.paid)
    type_known(ui, FILE_WORDS)
    assert page.view.notice.isVisible()
    assert "not made here" in page.view.notice.words
    assert world.other.book.notes == ()


def test_a_whole_note_goes_out_by_its_file_and_comes_in_elsewhere(
    world: World, start: Start, wallet: Wallet, tmp_path: Path
) -> None:
    file = tmp_path / "note.json"
    ui = opened(start, wallet, world.mine)
    page = ui.window.private
    page.view.notes.choose(world.note)
    ui.pause()
    ui.click(page.view.notes.export)
    assert "can spend the note" in page.view.files.new.words.text()
    type_new(ui, FILE_WORDS)
    assert not file.exists(), "first it is asked where to"
    choose(ui, file)
    ui.settle()
    assert file.stat().st_mode & 0o777 == 0o600
    raw = file.read_text()
    key = world.mine.whole(world.mine.held()[world.note]).claiming_key
    assert f"{key:x}" not in raw
    assert "savings" not in raw
    ui.window.close()
    ui.loop.run_until_complete(ui.window.runner.close())

    there = start(services_with(wallet, Filing(wallet, mine=world.other)))
    on_its_page(there)
    page = there.window.private
    there.click(page.view.files.import_button)
    choose(there, file)
    type_known(there, FILE_WORDS)
    words = page.view.files.notice.words
    assert "The account that owns it is not here." in words
    assert "Others may know its key: re-wrap it first." in words
    (come,) = book_of(there).notes
    assert (come.amount, come.label, come.state) == (7 * WHOLE, "savings", NoteState.UNCHECKED)


def test_a_backup_is_saved_and_restored_through_its_forms(
    world: World, start: Start, wallet: Wallet, tmp_path: Path
) -> None:
    file = tmp_path / "backup.json"
    ui = opened(start, wallet, world.mine)
    ui.click(ui.window.private.view.files.backup_button)
    type_new(ui, FILE_WORDS)
    choose(ui, file)
    ui.settle()
    assert world.mine.book.backed_up == NOW
    ui.window.close()
    ui.loop.run_until_complete(ui.window.runner.close())

    there = start(services_with(wallet, Filing(wallet, mine=world.other)))
    on_its_page(there)
    page = there.window.private
    assert page.book is None
    there.click(page.view.files.restore_button)
    choose(there, file)
    assert "backup.json" in page.view.files.known.words.text()
    type_known(there, WRONG, stays=True)
    assert "passphrase is another one" in page.view.files.known.trouble.text()
    assert page.book is None
    type_known(there, FILE_WORDS)
    assert page.view.files.notice.words.startswith("1 notes brought back")
    (back,) = book_of(there).notes
    assert (back.id, back.label, back.state) == (world.note, "savings", NoteState.UNCHECKED)
    assert [one.label for one in world.other.accounts.listing(NETWORK.id)] == ["me"]
