"""A window over real services in a folder of its own, and nothing left behind."""

import asyncio
import gc
import secrets
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextvars import Context, copy_context
from pathlib import Path
from typing import Any, TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from obsqra_desktop.app import Services, build_services, unix_time
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.device_key import signature_is_good
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.ui.main import make_application, make_window
from obsqra_desktop.ui.theme import theme
from obsqra_desktop.ui.widgets.base import Notice
from obsqra_desktop.ui.window import MainWindow
from tests.parts import exchanged
from tests.ui.fakes import GatedProver
from tests.ui.market import FakeMarket
from tests.ui.wallet import Wallet, wallet_in

T = TypeVar("T")
PATIENCE = 600
"""Seconds after which something counts as never happening, however slow the machine is."""


class Loop(QEventLoop):
    """Steps tasks only while it runs, as the program's always does.

    In a test Qt handles events between two runs, too (a window is waited for, pytest-qt lets
    events through before and after a test), and qasync's own would then step tasks that can start
    no thread: "no running event loop". What comes due meanwhile waits for the next run.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._held: list[tuple[Callable[[], None], Context]] = []

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        place = context if context is not None else copy_context()

        def run() -> None:
            if handle.cancelled():
                return
            if self.is_running():
                callback(*args)
            else:
                self._held.append((run, place))

        handle: asyncio.TimerHandle = super().call_later(delay, run, context=place)
        return handle

    def run_forever(self) -> Any:
        held, self._held = self._held, []
        for run, place in held:
            super().call_later(0, run, context=place)
        return super().run_forever()

    def run_until_complete(self, future: Any) -> Any:
        task = asyncio.ensure_future(future, loop=self)
        task.add_done_callback(self._end)
        try:
            self.run_forever()
        finally:
            task.remove_done_callback(self._end)
        return task.result()

    def _end(self, _task: object) -> None:
        self.stop()


class Driver:
    """What a person does: click, press keys, wait until something shows."""

    def __init__(
        self, window: MainWindow, loop: QEventLoop, bot: QtBot, services: Services
    ) -> None:
        self.window, self.loop, self.bot, self.services = window, loop, bot, services
        self.unexpected: list[Exception] = []
        """Errors that nobody foresaw, so far: a test that wants one takes it out."""
        window.runner.unexpected.connect(self.unexpected.append)

    def until(self, condition: Callable[[], object]) -> None:
        """Run both loops until the condition holds."""

        async def wait() -> None:
            deadline = self.loop.time() + PATIENCE
            while not condition():
                if self.loop.time() > deadline:
                    raise AssertionError(f"it did not happen in time; said: {self.said()}")
                await asyncio.sleep(0.005)

        self.loop.run_until_complete(wait())

    def said(self) -> list[str]:
        """What the notices in sight say."""
        notices = self.window.findChildren(Notice)
        return [one.words for one in notices if one.isVisible()]

    def act(self, action: Callable[[], object]) -> None:
        """Do what lets Qt handle events, as a click does: what then goes on needs the loop."""
        done: asyncio.Future[None] = self.loop.create_future()

        def run() -> None:
            try:
                action()
            except BaseException as error:  # noqa: BLE001 - handed to the test
                done.set_exception(error)
            else:
                done.set_result(None)

        self.loop.call_soon(run)
        self.loop.run_until_complete(done)

    def tick(self) -> None:
        """Let Qt and the tasks go on; tasks may only run while the loop runs."""
        self.loop.run_until_complete(asyncio.sleep(0.001))

    def settle(self) -> None:
        """Let everything that is due happen."""
        self.until(lambda: self.window.runner.running == 0)
        self.pause()

    def pause(self) -> None:
        """Let Qt lay out and paint, whatever still runs."""
        self.loop.run_until_complete(asyncio.sleep(0.02))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Something that is done beside the window."""
        return self.loop.run_until_complete(work)

    def click(self, button: QAbstractButton) -> None:
        """Click in the middle; the button must be there to be clicked."""
        assert button.isVisible(), button.accessibleName()
        assert button.isEnabled(), button.accessibleName()
        self.act(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))
        self.tick()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is."""
        target: QWidget = self.window.focusWidget() or self.window
        keys = modifier or Qt.KeyboardModifier.NoModifier
        self.act(lambda: QTest.keyClick(target, key, keys))
        self.tick()


@pytest.fixture(autouse=True)
def no_dangling_threads() -> Iterator[None]:
    """No test may leave a thread of Qt running."""
    gc.collect()  # the last test's window
    gc.freeze()  # what is left stays, mostly modules: this test does not look through it again
    yield
    running = [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, QThread) and shiboken6.isValid(thing) and thing.isRunning()
    ]
    assert running == [] or running == [QApplication.instance().thread()]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QEventLoop]:
    """Qt's and asyncio's loop in one."""
    make_application([])
    made = Loop(qapp)
    asyncio.set_event_loop(made)
    yield made
    made.close()
    asyncio.set_event_loop(None)


Start = Callable[[Services], Driver]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, loop: QEventLoop) -> Iterator[Start]:
    """Open a window over given services; closes it after the test, which fails if the window met
    an error that nobody foresaw."""
    drivers: list[Driver] = []
    hook = sys.excepthook

    def open_window(services: Services) -> Driver:
        window = make_window(services, qapp, loop)
        drivers.append(Driver(window, loop, qtbot, services))
        window.resize(1280, 820)
        with qtbot.waitExposed(window, timeout=PATIENCE * 1000):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE * 1000)
        return drivers[-1]

    yield open_window
    sys.excepthook = hook
    for one in drivers:
        loop.run_until_complete(one.window.runner.close())
        one.window.close()
        one.window.deleteLater()
    if drivers:
        theme().deleteLater()
    QApplication.processEvents()
    # What is deleted later outlives processEvents: the next window's style would dress it anew.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for one in drivers:
        for error in one.unexpected:
            raise error


@pytest.fixture
def ui(start: Start, data_dir: Path) -> Driver:
    """The window as the program opens it, with the real prover."""
    return start(build_services(data_dir))


@pytest.fixture
def prover() -> GatedProver:
    """A prover that the test holds by the hand."""
    return GatedProver()


@pytest.fixture
def gated(start: Start, data_dir: Path, prover: GatedProver) -> Driver:
    """The window with the gated prover."""
    return start(with_prover(build_services(data_dir), prover))


def with_prover(services: Services, prover: GatedProver) -> Services:
    """The same services over another prover."""
    lock = FolderLock(services.data_dir / "lock")
    archive = BundleArchive()
    decisions = DecisionService(
        store=ProofsFolder(services.data_dir, lock),
        prover=prover,
        files=archive,
        signer=services.signer,
        clock=unix_time,
        random_bytes=secrets.token_bytes,
    )
    bundles = BundleService(archive, prover, signature_is_good)
    return exchanged(services, decisions=decisions, bundles=bundles, prover=prover)


@pytest.fixture
def wallet(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Wallet:
    """Services over an empty folder and a chain in memory; no keyring answers."""
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    return wallet_in(data_dir)


@pytest.fixture
def wui(start: Start, wallet: Wallet) -> Driver:
    """The window over the wallet."""
    return start(wallet.services)


@pytest.fixture
def market() -> FakeMarket:
    """A market in memory, nothing read yet."""
    return FakeMarket()


@pytest.fixture
def mui(start: Start, wallet: Wallet, market: FakeMarket) -> Driver:
    """The window over the wallet and the market."""
    return start(exchanged(wallet.services, market=market))


@pytest.fixture
def cui(start: Start, wallet: Wallet) -> Driver:
    """The window over the wallet, a prover that is quick, and contracts that answer by hand."""
    from tests.ui.contracts import HandChecks, HandFacts

    prover = GatedProver()
    prover.open_gates()
    services = exchanged(
        with_prover(wallet.services, prover), contract_check=HandChecks(), integrity=HandFacts()
    )
    return start(services)


@pytest.fixture
def pui(start: Start, wallet: Wallet) -> Driver:
    """The window over the wallet, and private money that answers by hand."""
    from tests.ui.private import HandMist, services_with

    return start(services_with(wallet, HandMist(wallet)))
