"""Accounts: made, imported, watched, backed up; their keys only ever leave the vault to sign."""

import asyncio
import hmac
from typing import Final

from pydantic import ValidationError

from obsqra_desktop.domain.accounts import (
    CLASS_HASHES,
    CURVE_ORDER,
    Account,
    AccountKind,
    AccountsFile,
    is_publicly_known,
)
from obsqra_desktop.domain.chain_errors import PublicKeyRefused, WatchOnly
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.strict_json import invalid
from obsqra_desktop.services.account_chain import (
    Holdings,
    class_is_there,
    holdings_on,
    key_is_there,
)
from obsqra_desktop.services.chain_ports import AccountStore, Chain, Crypto, Keystores, Now, Vault
from obsqra_desktop.services.networks import NetworkService
from obsqra_desktop.services.ports import RandomBytes

KEY_BYTES: Final = 32


class AccountService:
    """Implements KeyHolder."""

    def __init__(
        self,
        networks: NetworkService,
        chain: Chain,
        crypto: Crypto,
        vault: Vault,
        keystores: Keystores,
        store: AccountStore,
        clock: Now,
        random_bytes: RandomBytes,
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._crypto = crypto
        self._vault = vault
        self._keystores = keystores
        self._store = store
        self._clock = clock
        self._random_bytes = random_bytes

    # --- looking ---

    def listing(self, network_id: str | None = None) -> tuple[Account, ...]:
        """All, or those of one network, in the order in which they were made."""
        accounts = self._store.load().accounts
        return tuple(one for one in accounts if network_id in {None, one.network})

    def find(self, words: str) -> Account:
        """By label, address, or the beginning of an id; raises NotFound."""
        wanted = words.strip()
        accounts = self.listing()
        found = [one for one in accounts if one.label.casefold() == wanted.casefold() != ""]
        if not found and wanted.lower().startswith("0x"):
            address = parse_address(wanted)
            found = [one for one in accounts if one.address == address]
            here = [one for one in found if one.network == self._networks.settings().selected]
            found = here or found
        if not found and len(wanted) >= 4:
            found = [one for one in accounts if one.id.startswith(wanted.lower())]
        if len(found) != 1:
            many = "More than one account is" if found else "No account is"
            raise NotFound(f"{many} called {words[:70]!r}.", hint="See: obsqra account list")
        return found[0]

    def selected(self, network_id: str) -> Account | None:
        """The one in use on a network; without a choice the first that is not only watched."""
        file = self._store.load()
        here = [one for one in file.accounts if one.network == network_id]
        chosen = next((one for one in here if one.id == file.selected.get(network_id)), None)
        return chosen or next((one for one in here if not one.watch_only), None)

    async def holdings(self, account: Account) -> Holdings:
        """Balances, nonce, and whether it is deployed, all from one node."""
        network = await self._networks.resolve(account.network)
        async with self._chain.open(network, "balance") as session:
            found = await holdings_on(session, account)
        gone = account.deployed and network.practice  # a chain that was started anew
        if (found.deployed and not account.deployed) or (gone and not found.deployed):
            found_account = self._update(account, deployed=found.deployed)
            return Holdings(**{**vars(found), "account": found_account})
        return found

    # --- making ---

    async def new(self, kind: AccountKind, label: str, network_id: str) -> Account:
        """A fresh key and the address that follows from it; nothing is sent."""
        network = self._networks.network(network_id)
        await class_is_there(self._networks, self._chain, network, kind)
        private_key = self._crypto.new_private_key()
        return await self._keep(private_key, kind, label, network, backed_up=False)

    async def import_key(
        self,
        private_key: int,
        kind: AccountKind,
        label: str,
        network_id: str,
        address: int | None = None,
    ) -> Account:
        """A key from elsewhere. With an address, the contract there must have this key."""
        network = self._networks.network(network_id)
        if not 1 <= private_key < CURVE_ORDER:
            raise InvalidInput("That is no private key of Starknet's curve.")
        refuse_public(private_key, network)
        if address is not None:
            public = await asyncio.to_thread(self._crypto.public_key, private_key)
            ready = await self._networks.resolve(network.id)
            async with self._chain.open(ready, "check of an account") as session:
                await key_is_there(session, kind, public, address)
        return await self._keep(private_key, kind, label, network, address, backed_up=True)

    async def keep_derived(
        self, private_key: int, label: str, network_id: str, *, secret_backed_up: bool
    ) -> Account:
        """An account whose key follows from the secret of private money, and so comes back with
        a backup of that and with nothing else."""
        network = self._networks.network(network_id)
        refuse_public(private_key, network)
        kind = AccountKind.OPENZEPPELIN
        return await self._keep(
            private_key, kind, label, network, secret_backed_up=secret_backed_up
        )

    async def import_keystore(
        self,
        raw: bytes,
        passphrase: str,
        kind: AccountKind,
        label: str,
        network_id: str,
        address: int | None = None,
    ) -> Account:
        """The same from an encrypted key file."""
        private_key = await asyncio.to_thread(self._keystores.read, raw, passphrase)
        return await self.import_key(private_key, kind, label, network_id, address)

    async def watch(self, address: int, label: str, network_id: str) -> Account:
        """An address without its key."""
        network = self._networks.network(network_id)
        return self._add(
            made(
                id=self._random_bytes(6).hex(),
                label=label.strip(),
                network=network.id,
                address=address,
                kind=None,
                class_hash=None,
                salt=None,
                public_key=None,
                created_at=self._clock(),
            )
        )

    async def backup(self, account: Account, passphrase: str) -> bytes:
        """An encrypted key file; the account counts as backed up when that is said."""
        if len(passphrase) < 8:
            raise InvalidInput("The passphrase of a backup has at least 8 characters.")
        private_key = await self.private_key(account)
        return await asyncio.to_thread(self._keystores.write, private_key, passphrase)

    def mark_backed_up(self, account: Account) -> Account:
        """The file has been saved and is where its owner wants it."""
        return self._update(account, backed_up=True)

    def mark_secret_backed_up(self) -> None:
        """The same for all whose keys follow from the secret: a backup that holds it was saved."""
        for one in self.listing():
            if one.secret_backed_up is False:
                self._update(one, secret_backed_up=True)

    def rename(self, account: Account, label: str) -> Account:
        """Another label."""
        return self._update(account, label=label.strip())

    def select(self, account: Account) -> None:
        """Use this one on its network."""
        with self._store.held():
            file = self._store.load()
            selected = {**file.selected, account.network: account.id}
            self._store.save(file.model_copy(update={"selected": selected}))

    def remove(self, account: Account) -> None:
        """Take it off the list. Its key, if there is one, stays sealed in the vault."""
        with self._store.held():
            file = self._store.load()
            rest = tuple(one for one in file.accounts if one.id != account.id)
            selected = {key: one for key, one in file.selected.items() if one != account.id}
            self._store.save(file.model_copy(update={"accounts": rest, "selected": selected}))

    # --- keys ---

    def vault_state(self, probe: bool = False) -> VaultState:
        """What protects the keys; with `probe` a keyring is tried, which can take a while."""
        return self._vault.state(probe)

    async def probe_vault(self) -> VaultState:
        """The same with a keyring tried, off the caller's thread."""
        return await asyncio.to_thread(self._vault.state, True)

    async def create_vault(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Make the vault."""
        await asyncio.to_thread(self._vault.create, method, passphrase)

    async def change_vault(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Protect the same keys in another way."""
        await asyncio.to_thread(self._vault.change, method, passphrase)

    async def unlock(self, passphrase: str | None = None) -> None:
        """Open the vault."""
        await asyncio.to_thread(self._vault.unlock, passphrase)

    def lock(self) -> None:
        """Close the vault."""
        self._vault.lock()

    async def private_key(self, account: Account) -> int:
        """For one signature. Raises VaultLocked, WatchOnly, PublicKeyRefused, StorageError."""
        if account.public_key is None:
            raise WatchOnly("There is no key for this address here. Nothing was sent.")
        network = self._networks.network(account.network)

        def fetch() -> int:
            self._vault.unlock()  # a keyring opens by itself; a passphrase must have been typed
            return int.from_bytes(self._vault.get(vault_name(account.network, account.address)))

        private_key = await asyncio.to_thread(fetch)
        refuse_public(private_key, network)
        public = await asyncio.to_thread(self._crypto.public_key, private_key)
        if not hmac.compare_digest(hex(public), hex(account.public_key)):
            raise StorageError("The key in the vault is not this account's. Nothing was sent.")
        return private_key

    async def address_of(self, private_key: int, kind: AccountKind) -> int:
        """Where an account of this key would be; nothing is kept."""
        public = await asyncio.to_thread(self._crypto.public_key, private_key)
        return await asyncio.to_thread(self._crypto.account_address, kind, public, public)

    # --- inside ---

    async def _keep(
        self,
        private_key: int,
        kind: AccountKind,
        label: str,
        network: Network,
        address: int | None = None,
        *,
        backed_up: bool = False,
        secret_backed_up: bool | None = None,
    ) -> Account:
        public = await asyncio.to_thread(self._crypto.public_key, private_key)
        own = await asyncio.to_thread(self._crypto.account_address, kind, public, public)
        account = made(
            id=self._random_bytes(6).hex(),
            label=label.strip(),
            network=network.id,
            address=own if address is None else address,
            kind=kind,
            class_hash=CLASS_HASHES[kind],
            salt=public,
            public_key=public,
            created_at=self._clock(),
            backed_up=backed_up,
            secret_backed_up=secret_backed_up,
        )
        self._refuse_known(account)

        def seal() -> None:
            self._vault.unlock()
            name = vault_name(network.id, account.address)
            self._vault.put(name, private_key.to_bytes(KEY_BYTES, "big"))

        await asyncio.to_thread(seal)  # first the key: an account without one would be a trap
        return self._add(account)

    def _refuse_known(self, account: Account) -> None:
        for one in self.listing(account.network):
            if one.address == account.address and not (one.watch_only and account.public_key):
                raise InvalidInput(f"This address is there already, as {one.label or one.id!r}.")

    def _add(self, account: Account) -> Account:
        with self._store.held():
            self._refuse_known(account)
            file: AccountsFile = self._store.load()
            rest = tuple(
                one
                for one in file.accounts
                if (one.network, one.address) != (account.network, account.address)
            )
            self._store.save(file.model_copy(update={"accounts": (*rest, account)}))
        return account

    def _update(self, account: Account, **update: object) -> Account:
        with self._store.held():
            file = self._store.load()
            changed = [
                made(**{**dict(one), **update}) if one.id == account.id else one
                for one in file.accounts
            ]
            self._store.save(file.model_copy(update={"accounts": tuple(changed)}))
        return next((one for one in changed if one.id == account.id), account)


def refuse_public(private_key: int, network: Network) -> None:
    """Whoever starts a devnet has these keys; raises PublicKeyRefused off the practice chain."""
    if network.real and is_publicly_known(private_key):
        raise PublicKeyRefused(
            f"Practice chains print keys like this one; on {network.name} anybody could take "
            "what it holds. Nothing was sent.",
            hint="Make a new account.",
        )


def vault_name(network_id: str, address: int) -> str:
    """Under which the vault holds an account's key."""
    return f"account/{network_id}/{address:064x}"


def made(**fields: object) -> Account:
    """A checked account; raises InvalidInput."""
    try:
        return Account.model_validate(fields)
    except ValidationError as error:
        raise invalid(error, "account") from None
