"""What is hidden inside the pool stands in no file in clear: not in the journal, not in exports."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.journal import TxKind, TxState
from obsqra_desktop.services.history import HistoryService
from obsqra_desktop.services.mist.steps import MistPlan
from obsqra_desktop.services.mist.titles import without_hidden
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.address_book import AddressBookFile
from tests.services.mist.money_parts import Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

pytestmark = pytest.mark.native
WORDS = "a word for the file"
PUT_IN = 9_161_803_398_874_989_484_820_458
"""Public: everybody sees the deposit."""
PART = 3_141_592_653_589_793_238
LEAVES = 1_618_033_988_749_894_848
"""Public, once it leaves."""


def ways_to_write(amount: int) -> list[str]:
    """Decimals with and without spaces between thousands, units, hexadecimal; the first digits."""
    exact = format(Decimal(amount).scaleb(-STRK.decimals), "f").rstrip("0").rstrip(".")
    short = re.sub(r"(\.\d{5})\d*", r"\1", exact)
    return [exact, short, str(amount), f"{amount:x}", str(amount)[:12]]


def files_of(wallet: Wallet) -> str:
    """Everything in the data folder, as text in small letters, without spaces within numbers."""
    raw = "\n".join(
        f"{path.name}\n{path.read_text(errors='replace')}"
        for path in sorted(wallet.folder.rglob("*"))
        if path.is_file()
    )
    return re.sub(r"(?<=\d)(\\u202f|[\u202f, _])(?=\d)", "", raw).lower()


def exports_of(wallet: Wallet) -> str:
    """What `history export` gives."""
    lock = wallet.lock
    service = HistoryService(
        wallet.journal,
        AccountsFolder(wallet.folder, lock),
        AddressBookFile(wallet.folder, lock),
        cast("Any", None),
    )
    found = service.listing()
    raw = service.export_csv(found) + service.export_json(found)
    return re.sub("(?<=\\d)[\u202f, ](?=\\d{3})", "", raw.decode()).lower()


def told(wallet: Wallet, *hidden: int) -> list[str]:
    """Ways in which these amounts stand in the folder or an export."""
    text = files_of(wallet) + exports_of(wallet)
    return [way for amount in hidden for way in ways_to_write(amount) if way in text]


@pytest.fixture
def payer(payer: Account, pool_chain: PoolChain) -> Account:
    """Somebody with thousands, which are written with spaces between them."""
    pool_chain.give(payer.address, 2 * PUT_IN)
    return payer


def test_what_this_looks_for_would_be_found(wallet: Wallet, payer: Account) -> None:
    """A deposit is public, and stands there in all these ways but one."""
    wallet.deposit(payer, PUT_IN)
    exact, short, units, hexadecimal, begins = ways_to_write(PUT_IN)
    assert (exact, short) == ("9161803.398874989484820458", "9161803.39887")
    assert set(told(wallet, PUT_IN)) >= {exact, short, units, begins}
    assert hexadecimal == f"{PUT_IN:x}"
    secret = wallet.folder / "a.json"
    secret.write_text(hex(PUT_IN))
    assert hexadecimal in told(wallet, PUT_IN)


def note_of(wallet: Wallet, amount: int) -> str:
    (found,) = [one.id for one in wallet.unspent() if one.amount == amount]
    return found


def test_no_action_writes_a_hidden_amount_in_clear(
    wallet: Wallet, pool_chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    hidden: list[int] = []

    def done(plan: MistPlan, *now: int) -> None:
        """`now` are hidden from here on; the plan that was confirmed is exact."""
        hidden.extend(now)
        draft = wallet.prepared(plan)
        assert not told(wallet, *hidden), f"{plan.action}, prepared"
        result = run(wallet.money.send(draft))
        assert not told(wallet, *hidden), f"{plan.action}, sent"
        assert run(wallet.money.follow(result)).accepted
        assert not told(wallet, *hidden), f"{plan.action}, accepted"

    money = wallet.money
    done(run(money.plan_deposit(payer, STRK, PUT_IN, label="rent for eve")))
    rest = PUT_IN - PART
    split = run(money.plan_split(None, note_of(wallet, PUT_IN), PART, label="halves"))
    assert "3.141592653589793238" in split.title
    done(split, PART, rest)
    done(run(money.plan_rewrap(None, note_of(wallet, PART))))
    done(run(money.plan_withdraw(None, note_of(wallet, PART), LEAVES)), PART - LEAVES)
    assert told(wallet, LEAVES), "what leaves is public, and told"

    friend = Wallet(tmp_path / "friend", pool_chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    forwarded = 2_718_281_828_459_045_235
    done(
        run(money.plan_forward(None, note_of(wallet, rest), given.text, forwarded)),
        forwarded,
        rest - forwarded,
    )
    (over,) = wallet.book.handovers
    raw = run(money.hand_over_file(None, over.id, WORDS))
    (wallet.folder / "for-them.json").write_bytes(raw)
    (friend.folder / "for-them.json").write_bytes(raw)
    run(friend.money.import_file(None, raw, WORDS))
    assert not told(friend, forwarded)
    asked = 5_772_156_649_015_328_606
    mine = run(money.new_request(None, payer.address, STRK, asked, label="rent of may"))
    left = rest - forwarded
    done(
        run(money.plan_forward(None, note_of(wallet, left), mine.text, asked)),
        asked,
        left - asked,
    )
    later = run(money.plan_split(None, note_of(wallet, asked), 4_669_201_609_102_990_671))
    run(money.keep_waiting(later, 3))
    hidden += [4_669_201_609_102_990_671, asked - 4_669_201_609_102_990_671]
    run(money.settle())
    assert not told(wallet, *hidden)
    texts = files_of(wallet)
    assert not [words for words in ("rent for eve", "rent of may", "halves") if words in texts]


def test_nor_do_a_withdrawal_without_a_proof_that_is_given_up_and_one_that_is_cancelled(
    wallet: Wallet, pool_chain: PoolChain, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    wallet.deposit(payer, PUT_IN)
    wallet.done(run(wallet.money.plan_split(None, note_of(wallet, PUT_IN), PART)))
    draft = wallet.prepared(run(wallet.money.plan_emergency(None, note_of(wallet, PART))))
    assert not told(wallet, PART, PUT_IN - PART)
    monkeypatch.setattr(pool_chain, "run", lambda _signed: None)  # it waits
    waits = run(wallet.money.send(draft)).record
    assert not told(wallet, PART, PUT_IN - PART)
    cancel = run(wallet.sending.plan_cancel(waits, payer))
    run(wallet.sending.send(cancel))
    assert not told(wallet, PART, PUT_IN - PART)
    assert any(one.kind is TxKind.CANCEL for one in wallet.journal.listing())


OLD = {
    "Split a note into 3.14 and 6.86 STRK on Test": "Split a note inside the pool on Test",
    "Move 3.14 STRK to a new note inside the pool on Test": (
        "Move a note to a new one inside the pool on Test"
    ),
    "Give 3.14 STRK to somebody inside the pool on Test": (
        "Give a part of a note, or all, to a request inside the pool on Test"
    ),
    "Withdraw 2 STRK; 1.14 STRK stay hidden on Test": "Withdraw 2 STRK on Test",
    "Withdraw 3.14 STRK WITHOUT a proof, in the open on Test": (
        "Withdraw a note WITHOUT a proof, in the open on Test"
    ),
}
AS_IT_IS = (*OLD.values(), "Withdraw 2 STRK on Test", "Deposit 3.14 STRK on Test", "")


@pytest.mark.parametrize(("title", "now"), OLD.items())
def test_records_of_an_earlier_version_are_put_right_when_they_are_settled(
    wallet: Wallet, payer: Account, title: str, now: str
) -> None:
    note = wallet.deposit(payer)
    record = wallet.done(run(wallet.money.plan_rewrap(None, note.id))).record
    kind = TxKind.MIST_EMERGENCY if "WITHOUT" in title else TxKind.MIST_SPEND
    wallet.journal.update(record.model_copy(update={"title": title, "kind": kind}))
    cancelled = wallet.journal.listing()[-1]
    of_it = {"title": f"Cancel “{title}”", "kind": TxKind.CANCEL, "state": TxState.ACCEPTED_L2}
    wallet.journal.update(cancelled.model_copy(update=of_it))
    assert "3.14" in files_of(wallet) or "1.14" in files_of(wallet)
    run(wallet.money.settle())
    titles = {one.id: one.title for one in wallet.journal.listing()}
    assert titles == {record.id: now, cancelled.id: f"Cancel “{now}”"}
    assert not re.search(r"[36]\.(14|86)|1\.14", files_of(wallet))
    written = {path: path.stat().st_ino for path in (wallet.folder / "transactions").iterdir()}
    run(wallet.money.settle())
    assert written == {path: path.stat().st_ino for path in written}, "once"


@pytest.mark.parametrize("title", AS_IT_IS)
def test_titles_that_tell_nothing_stay_as_they_are(title: str) -> None:
    assert without_hidden(title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Withdraw 2 STRK; 1.14 STRK stay hid",
        "Split a note into 3.14 and 6.86 STRK",
        "Move 3.14 STR",
    ],
)
def test_a_title_that_was_cut_off_loses_its_amounts_too(title: str) -> None:
    assert not re.search(r"\.\d", without_hidden(title))


def test_a_transfer_that_is_called_like_one_is_left_alone(wallet: Wallet, payer: Account) -> None:
    wallet.deposit(payer)
    (record,) = wallet.journal.listing()
    sent = record.model_copy(
        update={"kind": TxKind.TRANSFER, "title": "Give 3.14 STRK to somebody on Test"}
    )
    wallet.journal.update(sent)
    run(wallet.money.settle())
    assert wallet.journal.listing() == (sent,)
