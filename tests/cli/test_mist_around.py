"""How old notes are and among how many others, on the command line; the word on fees."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.cli.mist import notes as mist_notes
from obsqra_desktop.cli.mist.around import around_cells
from obsqra_desktop.cli.mist.words import book_document, book_text
from obsqra_desktop.cli.parser import build
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, STRK, Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.around import Surroundings
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.counts import CountedAmount, CountedDeposits
from obsqra_desktop.domain.mist.held_notes import MistBook, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark, ScanState
from obsqra_desktop.services.mist.money import MistMoney
from tests.services.mist.money_parts import NETWORK, WHOLE, Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

pytestmark = pytest.mark.native
AT = 1_700_000_000


@pytest.fixture
def wallet(data_dir: Path) -> Wallet:
    return Wallet(data_dir, PoolChain(NETWORK))


def seen(book: MistBook, counted: bool = True) -> MistBook:
    """Thirty leaves, two of them one's own, at the places 4 and 20."""
    mark = BlockMark(number=50, hash=1)
    scan = ScanState(
        leaves=30,
        root=1,
        digest="0" * 64,
        block=mark,
        at=AT,
        history=(mark,) if counted else (),
        own=(4, 20),
    )
    equal = CountedAmount(token=STRK.address, amount=10 * WHOLE, seen=((1, 45), (2, 46), (3, 47)))
    note = book.notes[0].model_copy(update={"position": 4, "seen_at": AT})
    deposits = CountedDeposits(since=40, upto=50, amounts=(equal,))
    return again(book, notes=(note,), scan=scan, deposits=deposits)


def context(wallet: Wallet, *words: str) -> Any:
    """Answers are kept in `said`."""
    said: list[tuple[object, str]] = []
    services = Namespace(accounts=wallet.accounts, networks=wallet.networks, money=wallet.money)
    return cast(
        "Any",
        Namespace(
            options=build().parse_args(["mist", *words]),
            services=services,
            wait=run,
            note=lambda _: None,
            said=said,
            answer=lambda document, text: said.append((document, text)),
        ),
    )


def test_age_and_others_are_told_as_they_were_counted(wallet: Wallet) -> None:
    wallet.deposit(wallet.account("payer", 1))
    book = seen(wallet.book)
    (told,) = cast("Any", book_document(book, False)["notes"])
    assert told["in_pool_since"] == AT
    assert (told["others"], told["newer_others"]) == (28, 24)
    # the count began at block 40, with the leaf at the place 1: one that may be anything is unseen
    assert (told["others_for_withdrawal"], told["newer_for_withdrawal"]) == (27, 24)
    assert (told["equal_deposits"], told["counted_since_block"]) == (3, 40)
    lines = book_text(context(wallet, "notes"), book, False).splitlines()
    assert "  in the pool  " in lines[1], "a note's state has the words of the window"
    assert lines[1].split()[7:13] == ["2023-11-14", "22:13", "UTC", "27", "24", "3"]
    assert lines[2].startswith("As of block 50.")
    assert "since block 40" in lines[2]


def test_what_is_not_known_is_a_dash_and_never_nothing(wallet: Wallet) -> None:
    wallet.deposit(wallet.account("payer", 1))
    unseen, uncounted = wallet.book, seen(wallet.book, counted=False)
    assert around_cells(Surroundings(unseen), unseen.notes[0]) == ("—", "—", "—", "—")
    assert around_cells(Surroundings(uncounted), uncounted.notes[0])[1:] == ("—", "—", "—")
    (told,) = cast("Any", book_document(uncounted, False)["notes"])
    assert (told["equal_deposits"], told["counted_since_block"]) == (None, None)
    assert (told["others_for_withdrawal"], told["newer_for_withdrawal"]) == (None, None)
    assert (told["others"], told["newer_others"]) == (28, 24), "that takes no block"
    assert "obsqra mist scan" in book_text(context(wallet, "notes"), unseen, False)


def test_the_word_on_fees_is_kept_shown_and_can_be_taken_back(wallet: Wallet) -> None:
    fresh = wallet.account("fresh", 2)
    for words, apart in (("--apart", True), ("--mine", False)):
        asked = context(wallet, "fees", "fresh", words)
        assert mist_notes.fees(asked) == 0
        ((document, text),) = asked.said
        assert document == {"account": fresh.address_text, "apart": apart}
        assert ("your word" in text) is apart
        (kept,) = cast("Any", book_document(wallet.book, False)["fees"])
        assert (kept["account"], kept["apart"]) == (fresh.address_text, apart)


def test_a_word_is_needed() -> None:
    for words in ((), ("fresh",), ("fresh", "--apart", "--mine")):
        with pytest.raises((SystemExit, InvalidInput)):
            build().parse_args(["mist", "fees", *words])


def test_notes_say_symbols_and_the_document_stays_exact(wallet: Wallet) -> None:
    """A token of the network's list, and one that nobody here knows."""
    wallet.deposit(wallet.account("payer", 1))
    usdc = Token("USDC.e", "USDC.e", 0x53C91, 6)
    nameless = 0xABCDEF * 2**220
    wallet.parts = replace(wallet.parts, tokens=lambda _: (*KNOWN_TOKENS, usdc))
    wallet.money = MistMoney(wallet.parts)
    first = wallet.book.notes[0]
    listed = first.model_copy(update={"token": usdc.address, "amount": 1_500_000})
    strange = first.model_copy(update={"id": "ab" * 6, "token": nameless, "amount": 1_500_000})
    book = again(wallet.book, notes=(listed, strange))
    text = book_text(context(wallet, "notes"), book, False)
    assert "1.5 USDC.e" in text
    thin = "\N{NARROW NO-BREAK SPACE}"
    assert f"1{thin}500{thin}000 units of {address_form(nameless)[:8]}" in text
    told = [one for one in text.splitlines() if address_form(nameless) in one]
    assert len(told) == 1
    assert "smallest unit" in told[0]
    document = cast("dict[str, Any]", book_document(book, False))["notes"]
    assert [one["amount"] for one in document] == ["1500000", "1500000"]
    assert [one["token"] for one in document] == [hex(usdc.address), hex(nameless)]


def test_a_sum_leaves_out_what_was_not_looked_up(wallet: Wallet) -> None:
    wallet.deposit(wallet.account("payer", 1))
    first = wallet.book.notes[0].model_copy(update={"amount": 3 * 10**18})
    other = {"id": "ab" * 6, "amount": 4 * 10**18, "state": NoteState.UNCHECKED}
    gone = {"id": "cd" * 6, "amount": 9 * 10**18, "state": NoteState.SPENT}
    seen_one = first.model_copy(update={"state": NoteState.UNSPENT})
    unseen, spent = (first.model_copy(update=words) for words in (other, gone))
    book = again(wallet.book, notes=(seen_one, unseen, spent))
    lines = book_text(context(wallet, "notes"), book, False).splitlines()
    assert "In the pool: 3 STRK" in lines
    assert "Not checked yet: 4 STRK. Look for notes: obsqra mist scan" in lines
    (told,) = cast("Any", book_document(book, False)["sums"])
    assert (told["symbol"], told["amount"], told["not_checked"]) == (
        "STRK",
        str(3 * 10**18),
        str(4 * 10**18),
    )
    lines = book_text(context(wallet, "notes"), again(book, notes=(unseen,)), False).splitlines()
    assert "In the pool: —" in lines, "unknown, and not nothing"
    checked = book_text(context(wallet, "notes"), again(book, notes=(seen_one,)), False)
    assert "Not checked yet" not in checked
