"""The one style sheet; everything that it cannot draw well is painted by our own widgets."""

from string import Template

from obsqra_desktop.ui.theme import Tokens

SHEET = Template("""
* { outline: 0; }
QWidget#window, QWidget#page, QWidget#pageBody { background: $background; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 6px 8px; }

QLabel { color: $text; background: transparent; }
QLabel[role="title"] { font-size: 24px; font-weight: 600; }
QLabel[role="section"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-size: 14px; font-weight: 500; }
QLabel[role="secondary"] { font-size: 13px; color: $text_muted; }
QLabel[role="caption"] { font-size: 12px; color: $text_muted; }
QLabel[role="value"] { font-size: 13px; font-weight: 500; }
QLabel[role="line"] { font-size: 13px; }
QLabel[role="figure"] { font-size: 28px; font-weight: 600; }
QLabel[role="brand"] { font-size: 18px; font-weight: 600; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="muted"] { color: $text_muted; }
QLabel[tone="accent"] { color: $accent; }

QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[kind="sunken"] { background: $surface_sunken; border: 0; border-radius: 8px; }
QFrame[kind="good"] { background: $good_soft; border: 0; border-radius: 8px; }
QFrame[kind="warn"] { background: $warn_soft; border: 0; border-radius: 8px; }
QFrame[kind="bad"] { background: $bad_soft; border: 0; border-radius: 8px; }
QFrame[kind="line"] { background: $border; border: 0; min-height: 1px; max-height: 1px; }
QFrame#rail { background: $surface; border: 0; border-right: 1px solid $border; }
QFrame#strip { background: $surface; border: 0; border-top: 1px solid $border; }
QFrame#practiceBar { background: $practice; border: 0; }
QFrame#practiceBar[ring="true"] { border: 2px solid $on_practice; }
QFrame#practiceBar QLabel { color: $on_practice; font-weight: 600; }
QFrame#footer { background: $background; border: 0; border-top: 1px solid $border; }
QFrame#popover { background: $surface; border: 1px solid $border; border-radius: 10px; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 8px;
  padding: 0 15px; min-height: 34px; font-size: 14px; font-weight: 500; }
QPushButton:hover { background: $surface_sunken; }
QPushButton:pressed { background: $border; }
QPushButton[ring="true"] { border: 2px solid $accent; padding: 0 14px; min-height: 32px; }
QPushButton:disabled { color: $text_faint; background: $surface_sunken; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; padding: 0 19px; }
QPushButton[kind="primary"]:hover { border-color: $text; }
QPushButton[kind="primary"][ring="true"] { border: 2px solid $text; padding: 0 18px; }
QPushButton[kind="primary"]:disabled { background: $surface_sunken; color: $text_faint;
  border-color: $border; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  color: $text_muted; padding: 0 9px; min-height: 30px; }
QPushButton[kind="quiet"]:hover { background: $surface_sunken; color: $text; }
QPushButton[kind="quiet"][ring="true"] { border: 2px solid $accent; padding: 0 8px;
  min-height: 28px; }
QPushButton[kind="icon"] { background: transparent; border: 1px solid transparent; padding: 0;
  min-height: 26px; min-width: 26px; max-width: 26px; max-height: 26px; border-radius: 6px; }
QPushButton[kind="icon"]:hover { background: $surface_sunken; }
QPushButton[kind="icon"][ring="true"] { border: 2px solid $accent; min-height: 24px;
  min-width: 24px; padding: 0; }
QPushButton[kind="strip"] { background: transparent; border: 1px solid transparent; padding: 0 5px;
  color: $text_muted; font-size: 12px; min-height: 22px; border-radius: 6px; }
QPushButton[kind="strip"]:hover { color: $text; background: $surface_sunken; }
QPushButton[kind="strip"][ring="true"] { border: 1px solid $accent; padding: 0 5px;
  min-height: 22px; }
QPushButton[kind="strip"][tone="warn"] { color: $warn; }

QLineEdit, QAbstractSpinBox { background: $surface_sunken; color: $text; border: 1px solid $border;
  border-radius: 8px; padding: 0 10px; min-height: 32px; font-size: 14px;
  selection-background-color: $accent; selection-color: $on_accent; }
QFrame[kind="sunken"] QLineEdit { background: $surface; }
QFrame[kind="sunken"] QAbstractSpinBox QLineEdit { background: transparent; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 9px;
  min-height: 30px; }
QLineEdit[state="bad"], QAbstractSpinBox[state="bad"] { border: 1px solid $bad; }
QLineEdit[state="bad"]:focus { border: 2px solid $bad; padding: 0 9px; min-height: 30px; }
QLineEdit:disabled, QAbstractSpinBox:disabled { color: $text_faint; }
QLineEdit[dense="true"] { min-height: 26px; padding: 0 7px; font-size: 13px; border-radius: 6px; }
QLineEdit[dense="true"]:focus { min-height: 24px; padding: 0 6px; }

QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: 0; padding: 0 9px;
  min-height: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: 0; }

QPlainTextEdit { background: $surface_sunken; color: $text; border: 1px solid $border;
  border-radius: 8px; padding: 4px 6px; font-size: 12px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 1px solid $accent; }

QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border;
  selection-background-color: $accent_soft; selection-color: $text; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; }

QTableView { background: $surface; border: 0; font-size: 13px; gridline-color: transparent;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView::item { padding: 0 10px; border-bottom: 1px solid $border; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTreeView { background: $surface_sunken; border: 1px solid $border; border-radius: 8px;
  font-size: 12px; padding: 4px; color: $text; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QTreeView:focus { border: 1px solid $accent; }
QTreeView::item { padding: 3px 2px; }
QTreeView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text_muted; border: 0;
  border-bottom: 1px solid $border; padding: 0 13px; font-size: 12px; font-weight: 500;
  min-height: 34px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: $chart_idle; border-radius: 4px; min-height: 32px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: $chart_idle; border-radius: 4px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The sheet with the tokens filled in."""
    return SHEET.substitute(vars(tokens))
