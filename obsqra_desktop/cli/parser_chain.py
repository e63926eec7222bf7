"""The words of commands that deal with networks, accounts and transactions."""

import argparse
from pathlib import Path
from typing import Final

from obsqra_desktop.cli.grammar import Words

PLAN_KEYS: Final = """{network, node, account, title, to, nonce, likely_fee, max_fee, calls:
  [{contract, entry_point, arguments: {name: value}}], changes: [{token, symbol, amount}],
  warnings: [text], checked_with}; amounts are decimal strings of the smallest unit, fees in fri"""
TX_KEYS: Final = """{id, hash, state, settled, kind, title, label, network, account, nonce,
  created_at, likely_fee, max_fee, actual_fee, block_number, to, spends: [{token, amount}],
  events: [{at, state, detail}], replaces}; unknown is null"""


def add_passphrase(command: argparse.ArgumentParser) -> None:
    """How a passphrase comes in: never as a word of the command line."""
    command.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read the passphrase from file descriptor N, up to the first line end",
    )


def add_sending(words: Words) -> None:
    """send and tx."""
    send = words.add(
        "send",
        "send tokens, after a simulation and your word",
        PLAN_KEYS + "\n  with --dry-run; else " + TX_KEYS,
    )
    send.add_argument("--to", required=True, metavar="ADDRESS|NAME", help="who gets it")
    send.add_argument("--amount", required=True, metavar="N", help="decimal, as 12.5; or: all")
    send.add_argument("--token", default="STRK", metavar="STRK|ETH|ADDRESS", help="default STRK")
    send.add_argument("--from", dest="account", metavar="ACCOUNT", help="default: the one in use")
    send.add_argument("--network", metavar="ID", help="default: the one in use")
    send.add_argument("--dry-run", action="store_true", help="show the plan, send nothing")
    send.add_argument("--yes", action="store_true", help="send without asking")
    send.add_argument(
        "--max-fee", metavar="STRK", help="send only if the highest fee is not above this"
    )
    send.add_argument("--no-wait", action="store_true", help="do not wait for acceptance")
    add_passphrase(send)

    tx = words.add("tx", "transactions made here")
    inner = Words(tx, "action", required=True)
    listing = inner.add(
        "list", "all, newest first", "{transactions: [as in show], damaged: [name]}"
    )
    listing.add_argument("--search", default="", metavar="TEXT", help="title, label, address, hash")
    listing.add_argument("--network", metavar="ID")
    listing.add_argument("--open", action="store_true", help="only those that are not settled")
    listing.add_argument("--csv", type=Path, metavar="FILE", help="also save as a table")
    show = inner.add("show", "one transaction", TX_KEYS)
    resume = inner.add("resume", "look where it is; never signs anything", TX_KEYS)
    resume.add_argument(
        "--resend", action="store_true", help="give the same bytes to a node that has them not"
    )
    resume.add_argument("--no-wait", action="store_true", help="one look only")
    cancel = inner.add("cancel", "take the place of one that waits, with a payment of nothing")
    cancel.add_argument("--yes", action="store_true", help="send without asking")
    add_passphrase(cancel)
    label = inner.add("label", "your own note on a transaction", TX_KEYS)
    label.add_argument("text")
    for command in (show, resume, cancel, label):
        command.add_argument("id", metavar="ID", help="its id or hash, or their first characters")
    limits = inner.add(
        "limits",
        "your own limits: highest fee, and amounts per transaction and per day",
        "{network, max_fee, tokens: [{token, per_transaction, per_day}]}; null is no limit",
    )
    limits.add_argument("--network", metavar="ID")
    limits.add_argument("--max-fee", metavar="STRK|none")
    limits.add_argument("--token", default="STRK", metavar="STRK|ETH|ADDRESS")
    limits.add_argument("--per-transaction", metavar="N|none")
    limits.add_argument("--per-day", metavar="N|none")
