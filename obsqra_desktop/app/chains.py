"""Wires networks, the practice chain, accounts and sending."""

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from obsqra_desktop.app.ground import Ground, unix_time
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.practice import DevnetPractice
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.address_book import AddressBookService
from obsqra_desktop.services.history import HistoryService
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.services.practice_life import LivelyPractice, MarketLife
from obsqra_desktop.services.sending import LookAgain, SendingService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.address_book import AddressBookFile
from obsqra_desktop.storage.contracts import ContractClasses
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.journal_seal import VaultSeal
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.networks import ConnectionsFile, NetworksFile
from obsqra_desktop.storage.practice import PracticeFolder
from obsqra_desktop.storage.vault import FileVault

if TYPE_CHECKING:
    from obsqra_desktop.services.chain_ports import PracticeChain
    from obsqra_desktop.services.practice_market import PracticeMarketService
    from obsqra_desktop.services.practice_tools import PracticeTools


class Chains:
    """The services that name a network, and the adapters below them that others share."""

    def __init__(self, ground: Ground, look_again: LookAgain) -> None:
        """`look_again` is private money's look before a step of it is sent again."""
        folder, lock = ground.folder, ground.lock
        current = CurrentNetworks(NetworksFile(folder, lock))
        register = ConnectionRegister(ConnectionsFile(folder, lock), unix_time)
        account_store, book_store = AccountsFolder(folder, lock), AddressBookFile(folder, lock)
        self.rpc = Rpc(register, current)
        self.classes = ContractClasses(folder)
        self.chain = StarknetChain(self.rpc, register, unix_time, self.classes)
        self.crypto, self.journal = StarkCrypto(), TransactionFolder(folder, lock)
        self.place, self.vault = PracticeFolder(folder), FileVault(folder, lock)
        self._devnet = DevnetPractice(self.place, current, self.rpc)
        self.practice = LivelyPractice(self._devnet, lambda: self.practice_market)
        self.networks = NetworkService(current, self.chain, self.practice)
        self.accounts = AccountService(
            self.networks,
            self.chain,
            self.crypto,
            self.vault,
            KeystoreFormat(),
            account_store,
            unix_time,
            secrets.token_bytes,
        )
        self.sending = SendingService(
            self.networks,
            self.chain,
            self.crypto,
            self.accounts,
            self.journal,
            SpendingFile(folder, lock),
            secrets.token_bytes,
            classes=self.classes,
            seal=VaultSeal(self.vault, lock),
            look_again=look_again,
            clock=unix_time,
        )
        self.practice_life = MarketLife(self.networks, self.practice, self.sending)
        self.history = HistoryService(self.journal, account_store, book_store, ground.files)
        self.book = AddressBookService(book_store, ground.files)

    @cached_property
    def practice_market(self) -> "PracticeMarketService":
        """The practice chain's pools."""
        from obsqra_desktop.services.practice_market import PracticeMarketService

        tools = self.practice_tools(self._devnet, "practice market")
        return PracticeMarketService(tools, self.place, unix_time)

    def practice_tools(self, practice: "PracticeChain", purpose: str) -> "PracticeTools":
        """For a maker of things on the practice chain; `purpose` is why it asks the node."""
        from obsqra_desktop.chain.practice_hand import PracticeHand
        from obsqra_desktop.services.practice_tools import PracticeTools

        return PracticeTools(
            practice,
            self.classes,
            lambda key: PracticeHand(self.rpc, key, purpose),
            self.crypto.new_private_key,
            self.crypto.contract_address,
        )
