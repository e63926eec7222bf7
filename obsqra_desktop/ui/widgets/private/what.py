"""What a step with private money does: the same rows before its proof and after its receipt."""

from PySide6.QtCore import QCoreApplication

from obsqra_desktop.domain.amounts import STRK, format_amount
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.services.mist.steps import MistPlan
from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, FactRows, label

INSIDE = frozenset({MistAction.REWRAP, MistAction.SPLIT, MistAction.FORWARD})
"""What moves inside the pool, with its amounts hidden."""


def ends_of(request: str) -> str:
    """A payment request as its giver can compare it; empty if its text is not known here."""
    return f"{request[:14]}…{request[-8:]}" if len(request) > 24 else request


class WhatCard(Card):
    """What, from whom, to whom, whose it is then; what everybody sees, and what is hidden."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.words = label("", "section", wrap=True)
        self.facts = FactRows()
        self.rows: tuple[tuple[str, str], ...] = ()
        self.add(self.words)
        self.add(self.facts)

    def show_plan(
        self,
        plan: MistPlan,
        names: dict[int, str],
        request: str,
        hide: bool,
        fee: int | None = None,
    ) -> None:
        """`names` are those of accounts here, `request` the text that is paid, if it is known;
        `fee` is what was paid, once a receipt tells it."""
        self.words.setText(self.tr("Private money (amounts are hidden)") if hide else plan.title)
        rows = what_rows(plan, names, request, hide)
        if fee is not None:
            paid = f"{format_amount(fee, STRK.decimals)} {STRK.symbol}"
            rows.append((self.tr("Fee paid"), HIDDEN if hide else paid))
        self.rows = tuple(rows)
        self.facts.show_rows(rows)


def tr(words: str) -> str:
    """In the language of the window."""
    return QCoreApplication.translate("private_what", words)


def what_rows(
    plan: MistPlan, names: dict[int, str], request: str, hide: bool
) -> list[tuple[str, str]]:
    """Name and value, in the order of the money's way."""
    sender = plan.account.label or plan.account.address_text
    amount = amount_text(plan.token.address, plan.amount, hide, (plan.token,))
    rest = amount_text(plan.token.address, plan.stays, hide, (plan.token,))
    paid = tr("payment request {0}").format(ends_of(request)).strip()
    owner = "" if plan.new_owner is None else name_in(names, plan.new_owner)
    action = plan.action
    if action is MistAction.DEPOSIT:
        rows = [(tr("From"), sender), (tr("Amount"), amount)]
        if plan.secret is not None:
            rows.append((tr("To"), paid))
        else:
            rows.append((tr("Owner of the note"), owner))
    elif action in {MistAction.WITHDRAW, MistAction.EMERGENCY}:
        rows = [(tr("Amount"), amount), (tr("To"), name_in(names, plan.account.address))]
    elif action is MistAction.FORWARD:
        rows = [(tr("Sent by"), sender), (tr("Amount"), amount), (tr("To"), paid)]
    else:
        rows = [(tr("Sent by"), sender), (tr("Amount"), amount)]
    if action is not MistAction.DEPOSIT and plan.stays:
        rows += [(tr("Stays yours"), rest), (tr("Owner of what stays"), owner)]
    if plan.label:
        rows.append((tr("Label, kept here only"), plan.label))
    return [*rows, (tr("Everybody sees"), seen(plan, amount)), not_shown(plan, rest)]


def seen(plan: MistPlan, amount: str) -> str:
    """What the transaction shows to everybody."""
    if plan.action is MistAction.DEPOSIT:
        return tr("who pays, {0}, and when").format(amount)
    if plan.action is MistAction.WITHDRAW:
        return tr("who gets it and sends this, {0}, and when").format(amount)
    if plan.action is MistAction.EMERGENCY:
        return tr("everything: who, {0}, when, and which note").format(amount)
    return tr("who sends this, that a note is spent, and when")


def not_shown(plan: MistPlan, rest: str) -> tuple[str, str]:
    """What it does not show. Of a proved spend only what its proof leaves unsaid: in a pool with
    few leaves of others that can be told all the same, which is the privacy level's to say."""
    if plan.action is MistAction.DEPOSIT:
        return tr("Hidden"), tr("who may spend it")
    if plan.action is MistAction.EMERGENCY:
        return tr("Hidden"), tr("nothing")
    which = tr("which note it was")
    if plan.action is MistAction.FORWARD:
        which = tr("which note it was, the amounts, and who gets them")
    elif plan.action in INSIDE:
        which = tr("which note it was, the amounts, and whose the new notes are")
    elif plan.stays:
        which = tr("which note it was, that {0} stay, and whose they are").format(rest)
    return tr("Not told by the proof"), which


def next_words(plan: MistPlan) -> str:
    """What comes next, once it has taken place."""
    if plan.action is MistAction.DEPOSIT and plan.secret is None:
        return tr(
            "It is among your notes now. The more others put in after it, the less taking it out "
            "tells; then choose it in the table."
        )
    if plan.action is MistAction.DEPOSIT:
        return tr("Who made the request finds it by looking for notes; tell them that it is there.")
    if plan.action is MistAction.WITHDRAW and plan.stays:
        return tr("The rest is a new note in your table.")
    if plan.action in {MistAction.REWRAP, MistAction.SPLIT}:
        return tr("The new notes are in your table; a backup that is made now has them.")
    return ""


def name_in(names: dict[int, str], address: int) -> str:
    """Its name here, or the ends of its address."""
    text = address_form(address)
    return names.get(address) or f"{text[:8]}…{text[-6:]}"
