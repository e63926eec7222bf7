"""QR codes are read from the pixels that the window shows, in each theme and size."""

from collections.abc import Iterator

import pytest
import segno
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from obsqra_desktop.domain.settings import Theme
from obsqra_desktop.privacy.request import read_request
from obsqra_desktop.ui.widgets.qr_code import QrCode
from obsqra_desktop.ui.window import ACCOUNT
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.looking import SIZES, scroll_to
from tests.ui.private import POOL, PRACTICE, SECRET, request_text
from tests.ui.qr import codes_in, codes_on
from tests.ui.wallet import Wallet


def looks(ui: Driver, code: QrCode) -> Iterator[str]:
    """Each theme and size, with the code in sight."""
    for theme in (Theme.LIGHT, Theme.DARK):
        ui.window.state.update(theme=theme)
        for width, height in SIZES:
            ui.window.resize(width, height)
            ui.pause()
            scroll_to(code)
            ui.pause()
            yield f"{theme.value} {width}x{height}"


def test_a_request_is_read_and_carries_only_the_secret(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_request(pui, wallet)
    for look in looks(pui, pui.window.private.view.requests.code):
        (text,) = codes_on(pui.window)
        assert text == request_text(SECRET), look
        assert read_request(text, PRACTICE, POOL) == SECRET
        assert "Practice chain only" in pui.window.private.view.requests.where.text()
        # prefix, the secret in hex, checksum: there is no room for anything else
        assert text.split(":")[:2] == ["mist1", f"{SECRET:064x}"]
        assert len(text) == len("mist1:") + 64 + len(":") + 8


def test_an_address_is_read(wui: Driver, wallet: Wallet) -> None:
    account = wui.run(wallet.account("Savings"))
    wui.window.open_page(ACCOUNT)
    wui.settle()
    for look in looks(wui, wui.window.account.address_card.code):
        assert codes_on(wui.window) == [account.address_text], look


@pytest.mark.parametrize("size", [184, 208])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
@pytest.mark.parametrize("text", [request_text(SECRET), f"0x{SECRET:064x}"])
def test_screens_of_any_density(qtbot: QtBot, size: int, ratio: float, text: str) -> None:
    """As a screen with that many pixels to a unit paints it: read, and every module of one size."""

    class Dense(QrCode):
        def devicePixelRatioF(self) -> float:  # noqa: N802 - Qt's name
            return ratio

    code = Dense(size)
    qtbot.addWidget(code)
    code.show_text(text)
    image = QImage(int(size * ratio), int(size * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#101418"))
    code.render(image)
    assert codes_in(image) == [text]
    assert modules(image) == [list(map(bool, row)) for row in made(text)]


def made(text: str) -> list[bytes]:
    return [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]


def modules(image: QImage) -> list[list[bool]]:
    """The squares of the code, by runs of whole modules; fails where two are of unequal size."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high = grey.bytesPerLine(), grey.height()
    raw = bytes(grey.constBits())
    edge = grey.width() // 16  # the rounded corners show what lies behind
    dark = [
        [one < 128 for one in raw[y * wide + edge : y * wide + grey.width() - edge]]
        for y in range(edge, high - edge)
    ]
    first = next(y for y, row in enumerate(dark) if any(row))
    left = dark[first].index(True)
    finder = dark[first][left:].index(False)
    step, over = divmod(finder, 7)  # a finder pattern is seven modules wide
    assert over == 0, finder
    body = [row[left:] for row in dark[first:]]
    count = max(x for row in body for x, one in enumerate(row) if one) // step + 1
    found = [body[y * step][: count * step : step] for y in range(count)]
    for y in range(count * step):
        whole = [one for one in found[y // step] for _ in range(step)]
        assert body[y][: count * step] == whole, y
    return found
