"""The wallet's pages in the states that they are looked at in; behaviour tests start here too."""

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.chain_types import PracticeState, VaultMethod
from obsqra_desktop.domain.errors import ToolMissing
from obsqra_desktop.domain.network import Health, Proxy, Route
from obsqra_desktop.flows.first_account import Need
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.pages.account import AccountPage
from obsqra_desktop.ui.pages.send import SendPage
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.window import ACCOUNT, BOOK, CONNECTIONS, HISTORY, NETWORKS, SEND
from tests.services.model_chain import Fault
from tests.ui.conftest import Driver
from tests.ui.wallet import FRIEND, Wallet

PASSPHRASE = "four words are enough"
LONG_NAME = "The household account that pays rent, power and the internet"


def shown(ui: Driver, page: int) -> None:
    """Open a page and let it ask what it asks."""
    ui.window.open_page(page)
    ui.settle()


def account_page(ui: Driver, need: Need) -> AccountPage:
    """The account page once it says what comes next."""
    shown(ui, ACCOUNT)
    page = ui.window.account
    ui.until(lambda: page.need is need)
    ui.settle()
    return page


# --- account ---


def account_none(ui: Driver, wallet: Wallet) -> None:
    account_page(ui, Need.PROTECTION)


def account_make(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.services.accounts.create_vault(VaultMethod.MEMORY))
    account_page(ui, Need.ACCOUNT)


def account_backup(ui: Driver, wallet: Wallet) -> None:
    wallet.services.networks.add_endpoint("sepolia", "https://node.example", own=True)
    wallet.services.networks.select("sepolia")
    ui.run(wallet.account(fund=0, deployed=False, saved=False))
    account_page(ui, Need.BACKUP)


def account_fund(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account(fund=0, deployed=False))
    account_page(ui, Need.FUNDS)


def account_deploy(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account(deployed=False))
    account_page(ui, Need.DEPLOY)


def account_ready(ui: Driver, wallet: Wallet) -> None:
    first = ui.run(wallet.account())
    ui.run(wallet.account(LONG_NAME, fund=0, deployed=False))
    wallet.services.accounts.select(first)
    account_page(ui, Need.NOTHING)


def account_watched(ui: Driver, wallet: Wallet) -> None:
    accounts = wallet.services.accounts
    watched = ui.run(accounts.watch(int(FRIEND, 16), "Cold storage", "practice"))
    accounts.select(watched)
    wallet.ledger.balances[watched.address] = 2_500 * 10**18
    wallet.ledger.deployed[watched.address] = CLASS_HASHES[AccountKind.READY]
    account_page(ui, Need.NOTHING)


def locked(ui: Driver, wallet: Wallet) -> Account:
    """An account that is deployed, its vault behind a passphrase and closed."""
    ui.run(wallet.services.accounts.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE))
    account = ui.run(wallet.account())
    wallet.services.accounts.lock()
    return account


def account_locked(ui: Driver, wallet: Wallet) -> None:
    locked(ui, wallet)
    shown(ui, ACCOUNT)


def account_no_node(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account())
    wallet.chain.error = NodeUnreachable(
        "127.0.0.1:5050 does not answer. Nothing was sent.", hint="Look at Networks."
    )
    shown(ui, ACCOUNT)


# --- send ---


def send_nobody(ui: Driver, wallet: Wallet) -> None:
    shown(ui, SEND)


def send_form(ui: Driver, wallet: Wallet) -> SendPage:
    ui.run(wallet.account())
    wallet.services.book.add("Ada", FRIEND, "rent")
    shown(ui, SEND)
    page = ui.window.send
    page.steps.review.setInterval(0)
    page.choose.to.setText("Ada")
    page.choose.amount.setText("12.5")
    ui.settle()
    return page


def send_wrong(ui: Driver, wallet: Wallet) -> None:
    page = send_form(ui, wallet)
    page.choose.to.setText("0x4718f5a0Fc34cC1AF16A1cdee98fFB20C31f5cD61D6Ab07201858f4287c938E")
    page.choose.amount.setText("1,5")
    ui.click(page.choose.token.button(2))
    page.choose.token_address.setText("0x12")


def send_plan(ui: Driver, wallet: Wallet) -> SendPage:
    page = send_form(ui, wallet)
    ui.click(page.next_button)
    ui.until(lambda: page.steps.flow.step is Step.CHECK and page.steps.send_button.isEnabled())
    return page


def send_tracking(ui: Driver, wallet: Wallet) -> None:
    page = send_plan(ui, wallet)
    wallet.ledger.holds = True
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.record is not None)


def send_done(ui: Driver, wallet: Wallet) -> None:
    page = send_plan(ui, wallet)
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)


def send_reverted(ui: Driver, wallet: Wallet) -> None:
    page = send_plan(ui, wallet)
    wallet.ledger.reverts = "ERC20: insufficient balance in 0x4718f5a…c938d"
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)


def send_uncertain(ui: Driver, wallet: Wallet) -> None:
    page = send_plan(ui, wallet)
    wallet.chain.fault = Fault.LOST
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)


def send_open(ui: Driver, wallet: Wallet) -> None:
    account = ui.run(wallet.account())
    wallet.ledger.holds = True
    ui.run(wallet.pay(account, 10**18))
    shown(ui, SEND)


# --- history and address book ---


def history_empty(ui: Driver, wallet: Wallet) -> None:
    shown(ui, HISTORY)


def history_filled(ui: Driver, wallet: Wallet) -> None:
    account = ui.run(wallet.account())
    wallet.services.book.add("Ada", FRIEND, "rent")
    first = ui.run(wallet.pay(account, 125 * 10**17))
    wallet.services.history.set_label(first.id, "Rent for September, and the deposit")
    wallet.ledger.reverts = "ERC20: insufficient balance"
    ui.run(wallet.pay(account, 10**18))
    wallet.ledger.reverts = None
    for number in range(3):
        ui.run(wallet.pay(account, (number + 1) * 10**15, to=0xBEEF + number))
    wallet.ledger.holds = True
    ui.run(wallet.pay(account, 2 * 10**18))
    shown(ui, HISTORY)


def history_damaged(ui: Driver, wallet: Wallet) -> None:
    account = ui.run(wallet.account())
    ui.run(wallet.pay(account, 10**18))
    record = ui.run(wallet.pay(account, 2 * 10**18))
    for path in (wallet.services.data_dir / "transactions").glob(f"*{record.id}*"):
        path.write_text("{")
    shown(ui, HISTORY)


def history_following(ui: Driver, wallet: Wallet) -> QWidget:
    """A cancellation on its way, which waits for a block."""
    account = ui.run(wallet.account())
    wallet.services.book.add("Ada", FRIEND, "rent")
    wallet.ledger.holds = True
    ui.run(wallet.pay(account, 25 * 10**17))
    shown(ui, HISTORY)
    page = ui.window.history
    ui.click(page.cancel)
    ui.until(page.really.isVisible)
    ui.click(page.really)
    ui.until(lambda: page.way.received.mark is Mark.DONE)
    ui.pause()
    return page.way


def book_empty(ui: Driver, wallet: Wallet) -> None:
    shown(ui, BOOK)


def book_filled(ui: Driver, wallet: Wallet) -> None:
    book = wallet.services.book
    book.add("Ada", FRIEND, "rent")
    book.add("Exchange", hex(STRK.address), "for paying in; takes an hour")
    book.add(LONG_NAME, "0xbeef", "The one that the landlord named in the letter of last May")
    shown(ui, BOOK)
    ui.window.book.table.selectRow(0)


def book_wrong(ui: Driver, wallet: Wallet) -> None:
    book_filled(ui, wallet)
    page = ui.window.book
    ui.click(page.fresh)
    page.name.setText("ADA")
    page.address.setText("0x12")
    ui.click(page.save)


# --- networks and connections ---


def networks_up(ui: Driver, wallet: Wallet) -> None:
    shown(ui, NETWORKS)


def networks_down(ui: Driver, wallet: Wallet) -> None:
    wallet.practice.state = PracticeState.DOWN
    ui.window.refresh_status()
    shown(ui, NETWORKS)
    ui.click(ui.window.networks.practice.reset)


def networks_crashed(ui: Driver, wallet: Wallet) -> None:
    wallet.practice.state = PracticeState.CRASHED
    wallet.practice.error = ToolMissing(
        "starknet-devnet 0.10.1 was not found.",
        hint="Install it, or give its path below.",
    )
    ui.window.refresh_status()
    shown(ui, NETWORKS)
    ui.click(ui.window.networks.practice.start)
    ui.settle()


def networks_custom(ui: Driver, wallet: Wallet) -> QWidget:
    networks, chain = wallet.services.networks, wallet.chain
    networks.add_custom("Appchain", "APPCHAIN", "http://127.0.0.1:9944", own=True)
    networks.add_endpoint("appchain", "https://a.node.example/v0_8/secret", own=False)
    networks.add_endpoint(
        "appchain", "https://a-node-with-a-very-long-name.example:8443", own=False
    )
    chain.health = {
        "a.node.example": (Health.WRONG_CHAIN, "It serves SN_MAIN, expected was APPCHAIN."),
        "a-node-with-a-very-long-name.example:8443": (
            Health.UNREACHABLE,
            "It does not answer: the connection was refused.",
        ),
    }
    networks.select("appchain")
    shown(ui, NETWORKS)
    ui.click(ui.window.networks.cards["appchain"].test)
    ui.settle()
    return ui.window.networks.cards["appchain"].test


def networks_way_out(ui: Driver, wallet: Wallet) -> QWidget:
    networks = wallet.services.networks
    networks.add_endpoint("sepolia", "https://node.example", own=False)
    networks.select("sepolia")
    networks.set_proxy(Proxy(host="127.0.0.1", port=9050))
    networks.set_offline(True)
    ui.window.refresh_status()
    shown(ui, NETWORKS)
    page = ui.window.networks
    page.proxy.setText("tor")
    ui.click(page.keep_proxy)
    return page.way_notice


def connections_empty(ui: Driver, wallet: Wallet) -> None:
    shown(ui, CONNECTIONS)


def connections_filled(ui: Driver, wallet: Wallet) -> None:
    note = wallet.chain.register.note
    note("127.0.0.1:5050", "balance", Route.LOCAL, good=True)
    note("node.example:443", "following a transaction", Route.PROXY, good=True)
    note("a-node-with-a-very-long-name.example:8443", "check of a node", Route.DIRECT, good=False)
    shown(ui, CONNECTIONS)


SCENES = (
    account_none, account_make, account_backup, account_fund, account_deploy, account_ready,
    account_watched, account_locked, account_no_node,
    send_nobody, send_form, send_wrong, send_plan, send_tracking, send_done, send_reverted,
    send_uncertain, send_open,
    history_empty, history_filled, history_damaged, history_following,
    book_empty, book_filled, book_wrong,
    networks_up, networks_down, networks_crashed, networks_custom, networks_way_out,
    connections_empty, connections_filled,
)  # fmt: skip
