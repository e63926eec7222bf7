"""The words of private money."""

import argparse
from pathlib import Path
from typing import Final

from obsqra_desktop.cli.grammar import Words
from obsqra_desktop.cli.parser_chain import add_passphrase
from obsqra_desktop.domain.mist.deep import USUAL_DIGITS

NOTE_KEYS: Final = """{id, state, origin, token, symbol, amount, owner, label, frozen,
  made_elsewhere, made_at, position, in_pool_since, others, newer_others,
  others_for_withdrawal, newer_for_withdrawal, equal_deposits, counted_since_block, made_in,
  spending, spent_in}"""
PLAN_KEYS: Final = """{action, title, network, pool, account, token, symbol, amount, stays,
  new_owner, privacy: {level: Exposed|Linkable|Shielded, facts: [{code, level, text}],
  suggestions: [text], equal_deposits, counted_since_block, newer_others}, trust: [text],
  warnings: [text], note}"""
RESULT_KEYS: Final = (
    PLAN_KEYS
    + """
  with --dry-run; {sent} if you said no; else {plan: as with --dry-run, fee: {likely, most},
  proof_seconds, proved, notes: [one of notes], hand_over, transaction: as in: tx show}"""
)
KEPT_KEYS: Final = (
    RESULT_KEYS + ";\n  as in waiting, and {plan: as with --dry-run} with --after-leaves"
)
COPY_KEYS: Final = """{state: none|off|current|behind, file, written_at, reachable, same_disk,
  others, trouble}"""
WAIT_KEYS: Final = "{waiting: [{id, title, note, leaves_seen, leaves_wanted, ready, obstacle}]}"


def add_mist(words: Words) -> None:
    """mist."""
    mist = words.add("mist", "private money in MIST's pool: zero-knowledge proofs, made here")
    inner = Words(mist, "action", required=True)
    add_looking(inner)
    add_moving(inner)
    add_giving(inner)


def add_looking(inner: Words) -> None:
    """pool, trust, notes, scan, search, settle, account, accounts."""
    pool = inner.add(
        "pool",
        "the pool's contract as it is, and as it was trusted",
        "{network, pool, name, class_hash, verifier, verifier_class, owner,\n"
        "  trusted: {class_hash, verifier, verifier_class, owner} or null, untold: [part],\n"
        "  changed: [part], trusted_at, leaves, block_number, node, trust: [text]};\n"
        "  null is not told",
    )
    trust = inner.add(
        "trust",
        "take the contract for the right one, as it is now and as you name it",
        "as in pool",
    )
    trust.add_argument("--class", dest="class_hash", metavar="HASH", help="its class, as in pool")
    trust.add_argument("--verifier", metavar="ADDRESS", help="needed if that has changed")
    trust.add_argument("--verifier-class", metavar="HASH", help="needed if that has changed")
    trust.add_argument(
        "--owner", dest="pool_owner", metavar="ADDRESS", help="needed if that has changed"
    )
    trust.add_argument("--yes", action="store_true", help="needed")
    notes = inner.add(
        "notes",
        "your notes, from the book on this computer; nobody is asked",
        "{notes: [" + NOTE_KEYS + "],\n"
        "  sums: [{token, symbol, amount, not_checked}],\n"
        "  requests: [{id, state, token, amount, owner, label}],\n"
        "  hand_overs: [{id, token, amount, label, state, handed_over, made_in}],\n"
        "  fees: [{account, apart, said_at}], not_backed_up: [id]}; unknown is null",
    )
    notes.add_argument("--all", action="store_true", help="also spent ones and those given up")
    note = inner.add("note", "your own words on a note, or freeze it", "as in notes")
    note.add_argument("note", metavar="NOTE", help="its id, at least four characters")
    note.add_argument("--label", metavar="TEXT", help="kept here only")
    state = note.add_mutually_exclusive_group()
    state.add_argument("--freeze", action="store_true", help="leave it out of every spend")
    state.add_argument("--thaw", action="store_true", help="and take it in again")
    scan = inner.add(
        "scan",
        "look at the pool: which notes are there, which are spent, what came in",
        "as in notes, and {block_number, node, leaves, new_leaves, arrived: [id],\n"
        "  made_elsewhere: [id], spent: [id], reorganised, complete, gap,\n"
        "  missing: [{note, token, amount, searched}]}",
    )
    scan.add_argument(
        "--recover", action="store_true", help="everything from the first block, and by amounts"
    )
    search = inner.add(
        "search",
        "try amounts with more digits for what a recovery did not find; no node is asked meanwhile",
        "as in notes, and {digits, found: [id], missing: [{note, token, amount, searched}]}",
    )
    search.add_argument(
        "--digits",
        type=int,
        default=USUAL_DIGITS,
        metavar="N",
        help=f"up to so many (default {USUAL_DIGITS}); each one more takes ten times as long",
    )
    settle = inner.add(
        "settle", "look where open steps are and put the book right; never signs", "as in notes"
    )
    settle.add_argument(
        "--resend", action="store_true", help="give the same bytes to a node that has them not"
    )
    account = inner.add(
        "account",
        "a fresh account for a withdrawal, derived from the secret of private money",
        "as in: account show",
    )
    account.add_argument("--label", default="", help="a name for it")
    accounts = inner.add(
        "accounts",
        "bring back the accounts that own your notes",
        "{accounts: [as in: account show]}",
    )
    fees = inner.add(
        "fees",
        "your word on the STRK that an account pays its fees with; the privacy level counts it",
        "{account, apart}",
    )
    fees.add_argument("account", metavar="ACCOUNT", help="its name or address")
    said = fees.add_mutually_exclusive_group(required=True)
    said.add_argument(
        "--apart", action="store_true", help="they do not lead to you; nothing can check that"
    )
    said.add_argument("--mine", action="store_true", help="they do")
    for command in (pool, trust, notes, note, scan, search, settle, account, accounts, fees):
        add_network(command)
    for command in (trust, notes, note, scan, search, settle, account, accounts, fees):
        add_passphrase(command)


def add_moving(inner: Words) -> None:
    """deposit, withdraw, rewrap, split, forward, waiting, continue."""
    deposit = inner.add("deposit", "money from an account into the pool", RESULT_KEYS)
    deposit.add_argument("--amount", required=True, metavar="N", help="decimal; best 1, 2 or 5")
    deposit.add_argument("--token", default="STRK", metavar="STRK|ETH|ADDRESS")
    deposit.add_argument(
        "--from", dest="account", metavar="ACCOUNT", help="default: the one in use"
    )
    whose = deposit.add_mutually_exclusive_group()
    whose.add_argument(
        "--owner", metavar="ACCOUNT", help="which of your accounts can spend the note"
    )
    whose.add_argument("--request", metavar="mist1:...", help="pay somebody's request instead")

    withdraw = inner.add("withdraw", "an amount, or all of a note, to its owner", KEPT_KEYS)
    rewrap = inner.add("rewrap", "move a note to a new one inside the pool", KEPT_KEYS)
    split = inner.add("split", "two notes out of one", KEPT_KEYS)
    forward = inner.add("forward", "give an amount to somebody inside the pool", KEPT_KEYS)
    for command in (withdraw, rewrap, split, forward):
        command.add_argument("note", metavar="NOTE", help="its id, at least four characters")
        command.add_argument(
            "--owner",
            metavar="ACCOUNT",
            help="which of your accounts owns what stays; default: the note's",
        )
        command.add_argument(
            "--after-leaves",
            type=int,
            metavar="N",
            help="only keep it, until N new leaves of others came; answers {waiting, plan}",
        )
    for command in (withdraw, forward):
        command.add_argument("--amount", metavar="N", help="decimal; default: all of it")
    split.add_argument("--amount", required=True, metavar="N", help="of one of the two, decimal")
    withdraw.add_argument(
        "--emergency",
        action="store_true",
        help="WITHOUT a proof: publishes the note's key and all its links",
    )
    withdraw.add_argument(
        "--expose",
        action="store_true",
        help="with --emergency: publish without being asked; --yes is not enough for that",
    )
    forward.add_argument("--request", required=True, metavar="mist1:...", help="the receiver's")
    forward.add_argument("--out", type=Path, metavar="FILE", help="also save the hand-over file")

    waiting = inner.add("waiting", "what waits for new leaves", WAIT_KEYS)
    waiting.add_argument("--drop", metavar="ID", help="give this one up first")
    carry_on = inner.add("continue", "carry out what has waited, when its leaves came", RESULT_KEYS)
    carry_on.add_argument("id", metavar="ID")
    carry_on.add_argument("--wait", action="store_true", help="look again until it is ready")
    carry_on.add_argument(
        "--out", type=Path, metavar="FILE", help="of a forward: also save the hand-over file"
    )
    for command in (forward, carry_on):
        add_file_passphrase(command)
    for command in (deposit, withdraw, rewrap, split, forward):
        command.add_argument("--label", default="", help="your own words, kept here only")
    carry_on.add_argument("--label", help="others than those it was kept with")
    for command in (deposit, withdraw, rewrap, split, forward, carry_on):
        command.add_argument("--dry-run", action="store_true", help="say what it is; do nothing")
        command.add_argument("--yes", action="store_true", help="send without asking")
        command.add_argument("--max-fee", metavar="STRK", help="send only up to this highest fee")
    for command in (deposit, withdraw, rewrap, split, forward, waiting, carry_on):
        add_network(command)
        add_passphrase(command)


def add_giving(inner: Words) -> None:
    """request, requests, hand-over, export, import, backup, restore, copy."""
    request = inner.add(
        "request",
        "a payment request: its text lets others pay you; it spends nothing",
        "{id, text, owner, token, amount, label, state}",
    )
    request.add_argument("--owner", metavar="ACCOUNT", help="default: the account in use")
    request.add_argument("--amount", metavar="N", help="decimal; default: left to the payer")
    request.add_argument("--token", default="STRK", metavar="STRK|ETH|ADDRESS")
    request.add_argument("--label", default="", help="your own words, kept here only")
    requests = inner.add(
        "requests",
        "your payment requests with their texts again; nobody is asked",
        "{requests: [as in request]}",
    )
    requests.add_argument(
        "id", nargs="?", metavar="ID", help="only this one, at least four characters"
    )
    hand_over = inner.add(
        "hand-over", "save the file that tells a receiver what was forwarded", "{file, id}"
    )
    hand_over.add_argument("id", metavar="ID", help="see hand_overs in: obsqra mist notes")
    export = inner.add("export", "save a note with its key, encrypted", "{file, id}")
    export.add_argument("note", metavar="NOTE")
    bring = inner.add(
        "import",
        "take a note in from a hand-over or export file",
        "{note: one of notes, in_pool, spendable, key_known_to_others}",
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    backup = inner.add(
        "backup",
        "save the secret of private money, all notes, and the keys of the accounts that own them",
        "{file, notes, accounts: [label], left_out: [text], copy: as in copy}",
    )
    backup.add_argument(
        "--no-copy",
        action="store_true",
        help="keep no sealed copy of the notes beside it (FILE.notes), replaced after each step",
    )
    restore = inner.add(
        "restore",
        "bring a backup back, merging with what is here; then scan",
        "{notes, saved_at, accounts: [label], trouble: [text],\n"
        "  copy: {used, saved_at, notes, trouble}}",
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--trust-counters",
        action="store_true",
        help="also if it counts far more keys than are known to be used",
    )
    restore.add_argument(
        "--no-copy",
        action="store_true",
        help="leave out the copy of the notes that lies beside it (FILE.notes)",
    )
    copy = inner.add(
        "copy",
        "the sealed copy of the notes beside the last backup: how it stands; it is caught up",
        COPY_KEYS,
    )
    turn = copy.add_mutually_exclusive_group()
    turn.add_argument("--on", action="store_true", help="keep it, replaced after each step")
    turn.add_argument("--off", action="store_true", help="not any more; what lies there stays")
    add_passphrase(copy)
    for command in (backup, restore):
        add_file_passphrase(command)
        add_passphrase(command)
    for command in (hand_over, export, backup):
        command.add_argument("--out", type=Path, required=True, metavar="FILE")
    for command in (hand_over, export, bring):
        add_file_passphrase(command)
    for command in (request, requests, hand_over, export, bring):
        add_network(command)
        add_passphrase(command)


def add_network(command: argparse.ArgumentParser) -> None:
    """Which network."""
    command.add_argument("--network", metavar="ID", help="default: the one in use")


def add_file_passphrase(command: argparse.ArgumentParser) -> None:
    """Of a file, apart from the vault's."""
    command.add_argument(
        "--file-passphrase-fd",
        type=int,
        metavar="N",
        help="read the file's passphrase from file descriptor N, up to the first line end",
    )
