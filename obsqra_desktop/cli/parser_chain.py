"""The words of commands that deal with networks, accounts and transactions."""

import argparse
from pathlib import Path
from typing import Final

from obsqra_desktop.cli.grammar import Words

PLAN_KEYS: Final = """{network, node, account, title, to, nonce, likely_fee, max_fee, calls:
  [{contract, entry_point, arguments: {name: value}}], changes: [{token, symbol, amount}],
  warnings: [text], checked_with}; amounts are decimal strings of the smallest unit, fees in fri"""
TX_KEYS: Final = """{id, hash, state, settled, kind, title, label, network, account, nonce,
  created_at, made_at, likely_fee, max_fee, actual_fee, block_number, to, spends: [{token, amount}],
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
    add_passphrase(resume)
    cancel = inner.add("cancel", "take the place of one that waits, with a payment of nothing")
    faster = inner.add("faster", "the same in the place of one that waits, for a higher price")
    for command in (cancel, faster):
        command.add_argument("--yes", action="store_true", help="send without asking")
        add_passphrase(command)
    label = inner.add("label", "your own note on a transaction", TX_KEYS)
    for command in (show, resume, cancel, faster, label):
        command.add_argument("id", metavar="ID", help="its id or hash, or their first characters")
    label.add_argument("text")
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


ON_CHAIN_KEYS: Final = """{verdict, agreement, disagree, here: {accepted, verifier, reason,
  bundle, failed}, and of the contract: accepted, sentence, refusal, network, node, contract,
  class_hash, block_number, block_hash, block_timestamp, calldata_felts, compared,
  different: [{name, ours, answered}]}; null where there is none"""
CONTRACT_KEYS: Final = """{name, class_hash, compiled_class_hash, sierra_version,
  starknet_needed, compiler_version, sierra_felts, casm_felts, bytes, sources_sha256}"""


def add_contracts(words: Words) -> None:
    """contracts and integrity."""
    contracts = words.add("contracts", "the compiled contracts that ship with the program")
    inner = Words(contracts, "action", required=True)
    inner.add("list", "all of them; nobody is asked", "{contracts: [as in show]}")
    show = inner.add("show", "one contract", CONTRACT_KEYS + "; of the verifier also {address}")
    declare = inner.add(
        "declare",
        "make its class known to a network; costs a fee, told before",
        PLAN_KEYS + "\n  with --dry-run; else " + TX_KEYS,
    )
    deploy = inner.add(
        "deploy",
        "put the verifier where everybody looks for it, after its class was declared",
        PLAN_KEYS + "\n  with --dry-run; else " + TX_KEYS,
    )
    for command in (show, declare, deploy):
        command.add_argument("name", metavar="NAME")
    for command in (declare, deploy):
        command.add_argument("--from", dest="account", metavar="ACCOUNT", help="who pays")
        command.add_argument("--network", metavar="ID", help="default: the one in use")
        command.add_argument("--dry-run", action="store_true", help="show the plan, send nothing")
        command.add_argument("--yes", action="store_true", help="send without asking")
        command.add_argument("--max-fee", metavar="STRK", help="send only up to this highest fee")
        command.add_argument("--no-wait", action="store_true", help="do not wait for acceptance")
        add_passphrase(command)
    integrity = words.add(
        "integrity",
        "which verifications a fact has in the registry of Herodotus Integrity",
        "{fact, network, node, registry, registry_known, class_hash, block_number,\n"
        "  block_timestamp, most_bits, verifications: [{verification_hash, security_bits, layout,\n"
        "  hasher, stone_version, memory_verification}]}",
    )
    integrity.add_argument("fact", metavar="FACT", help="0x..., poseidon(program, output)")
    integrity.add_argument("--network", metavar="ID", help="default: the one in use")
    integrity.add_argument("--registry", metavar="0x...", help="another one than the known ones")


NETWORKS_KEYS: Final = """{selected, offline, proxy, networks: [{id, name, kind, chain_id,
  cross_check, nodes: [{label, own}]}]}"""


def add_network(words: Words) -> None:
    """network."""
    network = words.add("network", "networks, nodes, proxy, and who was talked to")
    inner = Words(network, "action", required=True)
    inner.add("list", "all networks and their nodes", NETWORKS_KEYS)
    test = inner.add(
        "test",
        "ask every node of a network whether it can be used",
        "{nodes: [{label, own, route, health, detail, chain_id, spec_version, starknet_version,\n"
        "  block_number, block_timestamp, archive, milliseconds, checked_at}]}; unknown is null",
    )
    test.add_argument("id", nargs="?", metavar="ID", help="default: the one in use")
    use = inner.add("use", "choose the network", NETWORKS_KEYS)
    use.add_argument("id", metavar="ID")
    use.add_argument("--real-money", action="store_true", help="needed for mainnet")
    add = inner.add("add", "add a node; a new id makes a network of your own", NETWORKS_KEYS)
    add.add_argument("id", metavar="ID")
    where = add.add_mutually_exclusive_group(required=True)
    where.add_argument("--url", help="its address; stays in the history of your shell")
    where.add_argument("--url-fd", type=int, metavar="N", help="read it from file descriptor N")
    add.add_argument("--provider", action="store_true", help="somebody else runs it")
    add.add_argument("--chain-id", metavar="TEXT", help="of a network of your own")
    remove = inner.add("remove", "forget a node, or a network of your own", NETWORKS_KEYS)
    remove.add_argument("--node", type=int, metavar="N", help="its number in the list")
    first = inner.add("first", "ask this node before the others", NETWORKS_KEYS)
    first.add_argument("--node", type=int, required=True, metavar="N")
    check = inner.add("cross-check", "whether a second node must agree", NETWORKS_KEYS)
    for command in (remove, first, check):
        command.add_argument("id", metavar="ID")
    proxy = inner.add("proxy", "go out through a SOCKS5 proxy only, as Tor's", NETWORKS_KEYS)
    proxy.add_argument("address", metavar="HOST:PORT|none")
    offline = inner.add("offline", "ask nobody outside of this computer", NETWORKS_KEYS)
    for command in (check, offline):
        command.add_argument("state", choices=("on", "off"))
    connections = inner.add(
        "connections",
        "every host that was talked to",
        "{connections: [{host, purpose, route, first_at, last_at, count, failures}]}",
    )
    connections.add_argument("--forget", action="store_true", help="empty the list first")


ACCOUNT_KEYS: Final = """{id, label, network, address, kind, class_hash, public_key, watch_only,
  deployed, backed_up, created_at}; unknown is null"""
STATUS_KEYS: Final = "{state: down|starting|up|crashed, url, pid, version, detail}"
VAULT_KEYS: Final = "{method: none|keyring|passphrase|memory, locked, keyring}"


def add_account(words: Words) -> None:
    """account and vault."""
    account = words.add("account", "accounts, their keys and balances")
    inner = Words(account, "action", required=True)
    new = inner.add("new", "make a key and its address; nothing is sent", ACCOUNT_KEYS)
    bring = inner.add("import", "bring a key from elsewhere", ACCOUNT_KEYS)
    source = bring.add_mutually_exclusive_group(required=True)
    source.add_argument("--keystore", type=Path, metavar="FILE", help="an encrypted key file")
    source.add_argument("--key-fd", type=int, metavar="N", help="read 0x... from descriptor N")
    add_file_passphrase(bring)
    watch = inner.add("watch", "follow an address without its key", ACCOUNT_KEYS)
    for command in (new, bring):
        command.add_argument("--kind", choices=("openzeppelin", "ready"), default="openzeppelin")
        add_passphrase(command)
    for command in (new, bring, watch):
        command.add_argument("--label", default="", help="a name for it")
        command.add_argument("--network", metavar="ID", help="default: the one in use")
    bring.add_argument("--address", metavar="0x...", help="check that its contract has this key")
    watch.add_argument("address", metavar="0x...")
    listing = inner.add("list", "all", "{accounts: [as in show]}")
    listing.add_argument("--network", metavar="ID")
    show = inner.add("show", "one account", ACCOUNT_KEYS)
    balance = inner.add(
        "balance",
        "what it holds, as a node tells it",
        "as in show, and {balances: {STRK, ETH}, nonce, block_number, node}; amounts are decimal\n"
        "  strings of the smallest unit",
    )
    deploy = inner.add("deploy", "put it on the chain; it pays for that itself", TX_KEYS)
    deploy.add_argument("--dry-run", action="store_true", help="show the plan, send nothing")
    deploy.add_argument("--no-wait", action="store_true", help="do not wait for acceptance")
    backup = inner.add("backup", "save its key, encrypted", ACCOUNT_KEYS)
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_file_passphrase(backup)
    use = inner.add("use", "use it on its network", ACCOUNT_KEYS)
    remove = inner.add("remove", "take it off the list; its key stays in the vault", ACCOUNT_KEYS)
    for command in (deploy, remove):
        command.add_argument("--yes", action="store_true", help="do not ask")
    for command in (deploy, backup):
        add_passphrase(command)
    for command in (show, balance, deploy, backup, use, remove):
        command.add_argument(
            "account", nargs="?", metavar="ACCOUNT", help="label, address or id; default: in use"
        )

    vault = words.add("vault", "what protects your keys")
    inner = Words(vault, "action", required=True)
    inner.add("status", "how they are protected now", VAULT_KEYS)
    create = inner.add("create", "make the vault", VAULT_KEYS)
    change = inner.add("change", "protect the same keys in another way", VAULT_KEYS)
    change.add_argument("--new-passphrase-fd", type=int, metavar="N")
    for command in (create, change):
        command.add_argument("method", choices=("keyring", "passphrase"))
        add_passphrase(command)


def add_file_passphrase(command: argparse.ArgumentParser) -> None:
    """For key files, apart from the vault's own."""
    command.add_argument(
        "--file-passphrase-fd", type=int, metavar="N", help="the key file's passphrase"
    )


def add_practice(words: Words) -> None:
    """practice."""
    practice = words.add("practice", "a Starknet on this computer, for play money")
    inner = Words(practice, "action", required=True)
    inner.add("up", "start it, or find it running", STATUS_KEYS)
    inner.add("down", "stop it; its state is kept", STATUS_KEYS)
    inner.add("status", "how it stands; exit code 0 while it is up", STATUS_KEYS)
    reset = inner.add("reset", "start anew; the old state is set aside", STATUS_KEYS)
    reset.add_argument("--yes", action="store_true", help="needed")
    inner.add(
        "market",
        "make pools of play money with a day of history, or carry them on to now",
        "{chain, begins, steps, tokens, pools}",
    )
    inner.add(
        "private",
        "put a private pool for play money on it, with MIST's rules",
        "{pool, class_hash, verifier, verifier_class, owner}",
    )
    join = inner.add("join", "share the running practice chain of another data folder", STATUS_KEYS)
    whose = join.add_mutually_exclusive_group(required=True)
    whose.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="its data folder")
    whose.add_argument("--own", action="store_true", help="go back to the one of this folder")
    faucet = inner.add("faucet", "play money for an account", "{address, token, balance}")
    faucet.add_argument("--to", metavar="ADDRESS|NAME", help="default: the account in use")
    faucet.add_argument(
        "--token", default="STRK", metavar="SYMBOL", help="STRK, ETH, or one of the practice market"
    )
    faucet.add_argument("--amount", default="1000", metavar="N", help="decimal, default 1000")


MARKET_KEYS: Final = """{id, network, chain, block_number, block_hash, block_timestamp,
  start_block, start_timestamp, taken_at, light, definition_version, evidence_digest,
  warnings: [{code, text}], pools: [{pool, id, stale, warnings, figures, prices,
  metrics: [{metric, value, kind, reason, formula, inputs: [{name, value, keys}], warnings}]}]};
  unknown values are null and have a reason"""


def add_snapshot(words: Words) -> None:
    """snapshot."""
    snapshot = words.add("snapshot", "pool metrics from the chain, with the replies behind them")
    inner = Words(snapshot, "action", required=True)
    take = inner.add(
        "take", "read the pools at the newest block", MARKET_KEYS + ", and {round_trips}"
    )
    take.add_argument("--network", metavar="ID", help="default: the one in use")
    take.add_argument(
        "--pool", action="append", metavar="0x...", help="this pool; may come more than once"
    )
    listing = inner.add(
        "list",
        "all that are kept, newest first",
        "{snapshots: [{id, network, chain, taken_at, block_number, block_timestamp, pools,\n"
        "  warnings, bytes}]}",
    )
    listing.add_argument("--network", metavar="ID", help="default: every network")
    show = inner.add("show", "one snapshot", MARKET_KEYS + "; with --raw also {replies}")
    show.add_argument("--raw", action="store_true", help="also every reply of the node")
    again = inner.add(
        "recompute",
        "compute every metric again from the kept replies, offline",
        "{id, reproduced, replies, pools, definition_version, bundle}",
    )
    again.add_argument("--file", type=Path, help="one that export saved, in place of an id")
    again.add_argument(
        "--bundle", type=Path, help="with --file: this bundle's metrics must be those of the file"
    )
    export = inner.add(
        "export",
        "save one with every reply, so that others can compute it again",
        "{id, file, replies}",
    )
    export.add_argument("--out", type=Path, metavar="FILE", help="default: obsqra-ID.evidence.json")
    for command in (show, export):
        command.add_argument("id", metavar="ID|latest", help="its id or the beginning of it")
    again.add_argument("id", nargs="?", metavar="ID|latest")
    diff = inner.add(
        "diff",
        "what differs between two",
        "{before, after, appeared: [id], gone: [id],\n"
        "  changes: [{pool_id, name, metric, before, after}]}",
    )
    diff.add_argument("before", metavar="ID")
    diff.add_argument("after", metavar="ID|latest")
