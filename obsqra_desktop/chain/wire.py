"""Transactions as JSON-RPC sends them (starknet-specs 0.10, BROADCASTED_TXN)."""

from typing import Any, Final

from obsqra_desktop.domain.contracts import SierraClass
from obsqra_desktop.domain.transaction import AnyTransaction, Bound, Bounds, Declare, Invoke

VERSION: Final = "0x3"
QUERY_VERSION: Final = "0x100000000000000000000000000000003"


def broadcasted(
    transaction: AnyTransaction,
    signature: tuple[int, ...],
    query: bool = False,
    declared: SierraClass | None = None,
) -> dict[str, Any]:
    """The object that goes over the wire; a declaration needs the class that it declares."""
    shared = {
        "version": QUERY_VERSION if query else VERSION,
        "signature": felts(signature),
        "nonce": hex(transaction.nonce),
        "resource_bounds": bounds_form(transaction.bounds),
        "tip": hex(transaction.bounds.tip),
        "paymaster_data": [],
        "nonce_data_availability_mode": "L1",
        "fee_data_availability_mode": "L1",
    }
    if isinstance(transaction, Invoke):
        return {
            "type": "INVOKE",
            "sender_address": hex(transaction.sender),
            "calldata": felts(transaction.calldata),
            "account_deployment_data": [],
            **shared,
        }
    if isinstance(transaction, Declare):
        if declared is None:
            raise ValueError("a declaration without its class")
        return {
            "type": "DECLARE",
            "sender_address": hex(transaction.sender),
            "compiled_class_hash": hex(transaction.compiled_class_hash),
            "contract_class": declared.wire(),
            "account_deployment_data": [],
            **shared,
        }
    return {
        "type": "DEPLOY_ACCOUNT",
        "class_hash": hex(transaction.class_hash),
        "contract_address_salt": hex(transaction.salt),
        "constructor_calldata": felts(transaction.constructor_calldata),
        **shared,
    }


def felts(values: tuple[int, ...]) -> list[str]:
    """In hex."""
    return [hex(one) for one in values]


def bounds_form(bounds: Bounds) -> dict[str, dict[str, str]]:
    """Amounts and prices of the three resources."""

    def one(bound: Bound) -> dict[str, str]:
        return {
            "max_amount": hex(bound.max_amount),
            "max_price_per_unit": hex(bound.max_price),
        }

    return {
        "l1_gas": one(bounds.l1_gas),
        "l1_data_gas": one(bounds.l1_data_gas),
        "l2_gas": one(bounds.l2_gas),
    }
