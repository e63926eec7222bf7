"""Reads QR codes off what the window shows, by another library than the one that made them."""

import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def codes_in(image: QImage) -> list[str]:
    """The text of every QR code in a picture, dark on light: many cameras read no other."""
    found = zxingcpp.read_barcodes(
        image.convertToFormat(QImage.Format.Format_Grayscale8),
        formats=zxingcpp.BarcodeFormat.QRCode,
        try_rotate=False,
        try_invert=False,
    )
    return [one.text for one in found]


def codes_on(widget: QWidget) -> list[str]:
    """Those in the pixels of a widget and of all that lies on it."""
    return codes_in(widget.grab().toImage())
