"""What the services need from a chain, a key vault and the journal. Adapters fit by shape."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from pathlib import Path
from typing import Protocol

from obsqra_desktop.domain.accounts import Account, AccountKind, AccountsFile
from obsqra_desktop.domain.address_book import AddressBook
from obsqra_desktop.domain.chain_types import (
    Block,
    PracticeStatus,
    TxStatus,
    VaultMethod,
    VaultState,
)
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.domain.network import Connection, Network, NetworkSettings, NodeReport
from obsqra_desktop.domain.spending import SpendingRules
from obsqra_desktop.domain.transaction import (
    AnyTransaction,
    Head,
    Receipt,
    Signed,
    Simulation,
)


class ChainSession(Protocol):
    """One flow on one node. Each call raises a chain error; reads may be tried again, `send`
    never is."""

    @property
    def network(self) -> Network: ...  # noqa: D102
    @property
    def node(self) -> str:
        """Label of the node, fit to be shown."""
        ...

    async def head(self) -> Head:
        """The newest accepted block."""
        ...

    async def nonce(self, address: int, block: Block) -> int:
        """The next nonce; 0 for an address without a contract."""
        ...

    async def class_hash_at(self, address: int) -> int | None:
        """The class of a contract at the pre-confirmed block; None if there is no contract."""
        ...

    async def class_known(self, class_hash: int) -> bool:
        """Whether the class is declared on this chain."""
        ...

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        """A read-only call of a contract."""
        ...

    async def long_call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        """The same for an answer of up to some 800 000 felts."""
        ...

    async def storage_at(self, address: int, key: int) -> int:
        """One place of a contract's storage at the pre-confirmed block; 0 where nothing is."""
        ...

    async def simulate(
        self, transaction: AnyTransaction, query_signature: tuple[int, ...]
    ) -> Simulation:
        """Run it without sending; the signature is for the query version and good for nothing
        else. A revert is in the result."""
        ...

    async def send(self, signed: Signed) -> int:
        """Send once, over a fresh connection, and return the hash that the node names.

        NodeRefused: the node answered and did not take it. Any NodeUnreachable or
        NodeAnswerInvalid: it may have arrived.
        """
        ...

    async def status(self, tx_hash: int) -> TxStatus | None:
        """None if the node does not know the hash."""
        ...

    async def receipt(self, tx_hash: int) -> Receipt | None:
        """None if there is none yet."""
        ...


class Chain(Protocol):
    """All networks."""

    def open(self, network: Network, purpose: str) -> AbstractAsyncContextManager[ChainSession]:
        """A session on the first node that passes preflight; raises Offline, NodeUnfit,
        WrongChain, NodesDisagree, NodeUnreachable. `purpose` goes to the Connections page."""
        ...

    async def check(self, network: Network) -> tuple[NodeReport, ...]:
        """Preflight of every endpoint, in order; raises Offline if there is none."""
        ...

    async def glance(self, network: Network) -> tuple[NodeReport, ...]:
        """The last reports; the first node is asked anew when its report is a minute old."""
        ...

    def last_reports(self, network: Network) -> tuple[NodeReport, ...]:
        """What was last seen, without asking."""
        ...

    async def cross_check(self, network: Network, node: str, address: int) -> str:
        """Compare what the node of that label and a second one tell: chain id, an old block's
        hash, nonce and STRK balance of the account.

        The second node's label; raises NodesDisagree, or NodeUnreachable if there is no second.
        """
        ...

    def connections(self) -> tuple[Connection, ...]:
        """Every host that was talked to, the latest first."""
        ...

    def forget_connections(self) -> None:
        """Empty that list."""
        ...

    async def close(self) -> None:
        """Close all connections of the running event loop."""
        ...


class Crypto(Protocol):
    """STARK curve and transaction hashes. All calls block for up to a second."""

    def new_private_key(self) -> int:
        """Uniform in 1 .. CURVE_ORDER - 1."""
        ...

    def public_key(self, private_key: int) -> int:
        """The x coordinate."""
        ...

    def account_address(self, kind: AccountKind, public_key: int, salt: int) -> int:
        """The counterfactual address."""
        ...

    def sign(self, transaction: AnyTransaction, chain_id: str, private_key: int) -> Signed:
        """Hash and signature of the real transaction."""
        ...

    def sign_query(
        self, transaction: AnyTransaction, chain_id: str, private_key: int
    ) -> tuple[int, ...]:
        """A signature for the query version (2^128 + 3): no node can send it."""
        ...

    def hash_of(self, transaction: AnyTransaction, chain_id: str) -> int:
        """The transaction's hash."""
        ...


class Vault(Protocol):
    """Secrets by name. All calls block; values never reach logs or errors."""

    def state(self, probe: bool = False) -> VaultState:
        """How things stand; with `probe` the system's keyring is tried by a round trip."""
        ...

    def create(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Make the vault; raises StorageError if there is one already, VaultLocked if the
        keyring does not answer."""
        ...

    def unlock(self, passphrase: str | None = None) -> None:
        """Open it until `lock` or exit; raises VaultLocked, WrongPassphrase."""
        ...

    def lock(self) -> None:
        """Forget the key."""
        ...

    def change(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Protect the same secrets in another way; raises as `create` does."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret, durable before this returns; raises VaultLocked, StorageError."""
        ...

    def get(self, name: str) -> bytes:
        """A secret; raises VaultLocked, NotFound, StorageError if it was tampered with."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret."""
        ...


class Keystores(Protocol):
    """Encrypted key files of the kind that starkli and sncast read (Ethereum keystore v3)."""

    def write(self, private_key: int, passphrase: str) -> bytes:
        """The file's bytes."""
        ...

    def read(self, raw: bytes, passphrase: str) -> int:
        """The private key; raises InvalidInput, WrongPassphrase."""
        ...


class ClassKeeper(Protocol):
    """Keeps what is declared from here."""

    def keep(self, class_hash: int) -> None:
        """A copy of the class that outlives an update; raises NotFound, StorageError."""
        ...


class Networks(Protocol):
    """Resolves a network to one with its nodes; NetworkService is one."""

    async def resolve(self, network_id: str | None = None) -> Network:
        """The network with its endpoints; the practice chain's is filled in while it runs."""
        ...


class KeyHolder(Protocol):
    """Gives out a private key for one use; AccountService is one."""

    async def private_key(self, account: Account) -> int:
        """Raises VaultLocked, WatchOnly, PublicKeyRefused."""
        ...


class NetworkStore(Protocol):
    """networks.json."""

    def load(self) -> NetworkSettings: ...  # noqa: D102
    def save(self, settings: NetworkSettings) -> None: ...  # noqa: D102


class AccountStore(Protocol):
    """accounts.json."""

    def load(self) -> AccountsFile: ...  # noqa: D102
    def save(self, accounts: AccountsFile) -> None: ...  # noqa: D102
    def held(self) -> AbstractContextManager[None]:
        """The folder's lock, for reading, changing and saving as one step."""
        ...


class BookStore(Protocol):
    """address-book.json."""

    def load(self) -> AddressBook: ...  # noqa: D102
    def save(self, book: AddressBook) -> None: ...  # noqa: D102
    def read_from(self, path: Path) -> AddressBook: ...  # noqa: D102
    def held(self) -> AbstractContextManager[None]:
        """The folder's lock, for reading, changing and saving as one step."""
        ...


class PracticePlace(Protocol):
    """Which practice chain of this computer is used."""

    def join(self, other: Path) -> None:
        """That of another data folder; raises NotFound, InvalidInput, StorageError."""
        ...

    def leave(self) -> None:
        """One's own again; raises InvalidInput, StorageError."""
        ...


class Journal(Protocol):
    """transactions/: one file each, durable before a call returns."""

    def add(self, record: TxRecord) -> None:
        """A new record."""
        ...

    def update(self, record: TxRecord) -> None:
        """Replace one that is there."""
        ...

    def find(self, prefix: str) -> TxRecord:
        """By the beginning of its id or of its hash; raises NotFound."""
        ...

    def listing(self) -> tuple[TxRecord, ...]:
        """All, newest first; damaged files are left out and named by `damaged`."""
        ...

    def damaged(self) -> tuple[str, ...]:
        """Names of files that cannot be read."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """The journal's lock: checking caps and adding a record are one step under it."""
        ...

    def sending(self, account_id: str) -> AbstractContextManager[None]:
        """The account's nonce lock, across processes; raises AccountBusy."""
        ...


class SpendingStore(Protocol):
    """spending.json: the user's own limits."""

    def load(self) -> SpendingRules: ...  # noqa: D102
    def save(self, rules: SpendingRules) -> None: ...  # noqa: D102


class PracticeChain(Protocol):
    """Runs starknet-devnet on 127.0.0.1."""

    async def status(self) -> PracticeStatus:
        """Asks the process and the port."""
        ...

    async def up(self) -> PracticeStatus:
        """Start it, or find it running; raises ToolMissing, PracticeChainDown."""
        ...

    async def down(self) -> PracticeStatus:
        """Stop it cleanly; its state is kept."""
        ...

    async def reset(self) -> PracticeStatus:
        """Stop it, set its state aside, start anew."""
        ...

    async def faucet(self, address: int, token: int, amount: int) -> int:
        """Make play money; the new balance in the smallest unit. Raises InvalidInput for tokens
        that it has not."""
        ...


Now = Callable[[], int]
"""Unix seconds."""
