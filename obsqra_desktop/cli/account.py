"""account and vault: keys, addresses, balances."""

import contextlib
from pathlib import Path

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import OK
from obsqra_desktop.cli.render import UNKNOWN, moment, table
from obsqra_desktop.cli.secrets_fd import no_passphrase, passphrase, read_line, unlock
from obsqra_desktop.cli.send import account_in_use, confirmed
from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.amounts import format_amount
from obsqra_desktop.domain.chain_errors import VaultLocked
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import parse_address, parse_felt
from obsqra_desktop.flows.first_account import backup_words
from obsqra_desktop.services.account_chain import Holdings
from obsqra_desktop.services.plans import Plan

KINDS = {"openzeppelin": AccountKind.OPENZEPPELIN, "ready": AccountKind.READY}
KEY_FILE_LIMIT = 64 * 1024


def new(context: Context) -> int:
    """A fresh key and its address."""
    o, services = context.options, context.services
    ensure_vault(context)
    network = services.networks.network(o.network)
    account = context.wait(services.accounts.new(KINDS[o.kind], o.label, network.id))
    note = (
        "Save a backup of its key: obsqra account backup"
        if network.real
        else "Give it play money: obsqra practice faucet"
    )
    return told(context, account, note)


def import_account(context: Context) -> int:
    """A key from a file or a descriptor."""
    o, services = context.options, context.services
    ensure_vault(context)
    network = services.networks.network(o.network).id
    address = parse_address(o.address) if o.address is not None else None
    if o.key_fd is not None:
        try:
            key = parse_felt(read_line(o.key_fd, "the private key").strip())
        except ValueError:
            raise InvalidInput("A private key is 0x and up to 64 hex digits.") from None
        work = services.accounts.import_key(key, KINDS[o.kind], o.label, network, address)
    else:
        raw = services.files.read(o.keystore, KEY_FILE_LIMIT)
        words = passphrase(context, "the key file's passphrase", option="file_passphrase_fd")
        if words is None:
            raise no_passphrase("The key file")
        work = services.accounts.import_keystore(
            raw, words, KINDS[o.kind], o.label, network, address
        )
    return told(context, context.wait(work))


def watch(context: Context) -> int:
    """An address without its key."""
    o, services = context.options, context.services
    network = services.networks.network(o.network).id
    work = services.accounts.watch(parse_address(o.address), o.label, network)
    return told(context, context.wait(work))


def list_accounts(context: Context) -> int:
    """All of them, without asking a node."""
    services = context.services
    accounts = services.accounts.listing(context.options.network)
    rows = [
        (
            one.id,
            one.label or UNKNOWN,
            one.network,
            one.address_text,
            "watched" if one.watch_only else ("deployed" if one.deployed else "not deployed yet"),
        )
        for one in accounts
    ]
    head = ("Id", "Label", "Network", "Address", "")
    text = table(head, rows) if rows else "No accounts yet. Make one: obsqra account new"
    context.answer({"accounts": [document(one) for one in accounts]}, text)
    return OK


def show(context: Context) -> int:
    """One account, without asking a node."""
    return told(context, chosen(context))


def balance(context: Context) -> int:
    """What it holds, as a node tells it."""
    holdings = context.wait(context.services.accounts.holdings(chosen(context)))
    context.answer(holdings_document(holdings), holdings_text(holdings))
    return OK


def deploy(context: Context) -> int:
    """Deploy it; it pays for that itself."""
    account = chosen(context)
    unlock(context)

    async def plan() -> Plan:
        return await context.services.sending.plan_deploy(account)

    code = confirmed(context, context.wait(plan()))
    with contextlib.suppress(AppError):  # what was sent is told already; this is for the list
        context.wait(context.services.accounts.holdings(account))
    return code


def backup(context: Context) -> int:
    """Save its key, encrypted."""
    services, account = context.services, chosen(context)
    path: Path = context.options.out
    services.files.ensure_free(path)
    unlock(context)
    words = passphrase(
        context, "a passphrase for the backup", twice=True, option="file_passphrase_fd"
    )
    if words is None:
        raise no_passphrase("The backup")
    services.files.save(path, context.wait(services.accounts.backup(account, words)))
    account = services.accounts.mark_backed_up(account)
    return told(context, account, f"Its encrypted key is in {path.name}. Keep it elsewhere too.")


def use(context: Context) -> int:
    """Use this one on its network."""
    account = chosen(context)
    context.services.accounts.select(account)
    return told(context, account)


def remove(context: Context) -> int:
    """Take it off the list."""
    account = chosen(context)
    if not context.options.yes:
        raise InvalidInput(
            "This takes the account off the list; its key stays sealed in the vault.",
            hint="If you mean it, add --yes.",
        )
    context.services.accounts.remove(account)
    return told(context, account, "It is off the list.")


def vault_status(context: Context) -> int:
    """What protects the keys."""
    state = context.services.accounts.vault_state(probe=True)
    answer = {
        "method": state.method.value,
        "locked": state.locked,
        "keyring": state.keyring,
    }
    keyring = state.keyring or "none answered"
    context.answer(answer, f"Keys: {state.words}\nThis system's keyring: {keyring}")
    return OK


def vault_create(context: Context) -> int:
    """Make the vault in the way that was chosen."""
    make_vault(context, VaultMethod(context.options.method))
    return vault_status(context)


def vault_change(context: Context) -> int:
    """Protect the same keys in another way."""
    unlock(context)
    method = VaultMethod(context.options.method)
    words = None
    if method is VaultMethod.PASSPHRASE:
        words = passphrase(context, "the new passphrase", twice=True, option="new_passphrase_fd")
    context.wait(context.services.accounts.change_vault(method, words))
    return vault_status(context)


def ensure_vault(context: Context) -> None:
    """Make one where there is none: with the keyring if one answers, else with a passphrase."""
    state = context.services.accounts.vault_state()
    if state.method is not VaultMethod.NONE:
        unlock(context)
        return
    given = context.options.passphrase_fd is not None
    keyring = None if given else context.services.accounts.vault_state(probe=True).keyring
    make_vault(context, VaultMethod.KEYRING if keyring else VaultMethod.PASSPHRASE)


def make_vault(context: Context, method: VaultMethod) -> None:
    """Create it and leave it open for this command."""
    words = None
    if method is VaultMethod.PASSPHRASE:
        words = passphrase(context, "a new passphrase for your keys", twice=True)
        if words is None:
            raise VaultLocked(
                "No keyring of this system answered, so the keys need a passphrase, and there is "
                "no terminal to ask on. Nothing was made.",
                hint="Give it with --passphrase-fd N, as in: --passphrase-fd 3 3<file",
            )
    context.wait(context.services.accounts.create_vault(method, words))


def chosen(context: Context) -> Account:
    """The account that was named, or the one in use."""
    o, services = context.options, context.services
    if o.account is not None:
        return services.accounts.find(o.account)
    return account_in_use(context)


def told(context: Context, account: Account, note: str = "") -> int:
    """The account."""
    lines = [
        f"{account.label or 'Account'} on {account.network}",
        f"Address  {account.address_text}",
        f"Class    {account.kind.value if account.kind else 'watched only'}",
        f"Made     {moment(account.created_at)}",
    ]
    if not account.watch_only:
        lines.append(f"Backup   {backup_words(account)}")
    if note:
        lines.append(note)
    context.answer(document(account), "\n".join(lines))
    return OK


def document(account: Account) -> JsonObject:
    """The account as JSON."""
    return {
        "id": account.id,
        "label": account.label,
        "network": account.network,
        "address": account.address_text,
        "kind": account.kind.value if account.kind else None,
        "class_hash": hex(account.class_hash) if account.class_hash is not None else None,
        "public_key": hex(account.public_key) if account.public_key is not None else None,
        "watch_only": account.watch_only,
        "deployed": account.deployed,
        "backed_up": account.comes_back,
        "created_at": account.created_at,
    }


def holdings_document(holdings: Holdings) -> JsonObject:
    """Balances as JSON."""
    return {
        **document(holdings.account),
        "balances": {token.symbol: str(value) for token, value in holdings.balances},
        "deployed": holdings.deployed,
        "nonce": holdings.nonce,
        "block_number": holdings.block_number,
        "node": holdings.node,
    }


def holdings_text(holdings: Holdings) -> str:
    """Balances for people."""
    rows = [
        (token.symbol, format_amount(value, token.decimals)) for token, value in holdings.balances
    ]
    state = "deployed" if holdings.deployed else "not deployed yet"
    return "\n".join(
        [
            f"{holdings.account.label or 'Account'}  {holdings.account.address_text}",
            table(("Token", "Balance"), rows, right=(1,)),
            f"{state}; told by {holdings.node} at block {holdings.block_number}",
        ]
    )
