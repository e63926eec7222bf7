"""STARK-curve keys, account addresses, and hashes and signatures of version 3 transactions.

Hashes and addresses are starknet-py's and, below it, StarkWare's crypto-cpp and poseidon; they are
loaded on first use, as importing starknet-py takes about a second. Keys and signatures are in
`stark_curve`, which needs none of it.
"""

import secrets
import sys
from typing import TYPE_CHECKING, Final

from obsqra_desktop.chain import stark_curve
from obsqra_desktop.domain.accounts import (
    CLASS_HASHES,
    CURVE_ORDER,
    AccountKind,
    constructor_calldata,
)
from obsqra_desktop.domain.contracts import SierraClass
from obsqra_desktop.domain.errors import ToolMissing
from obsqra_desktop.domain.felt import short_string
from obsqra_desktop.domain.transaction import (
    AnyTransaction,
    Bounds,
    Declare,
    Invoke,
    Signed,
    check_ranges,
)

if TYPE_CHECKING:
    from starknet_py.hash.transaction import CommonTransactionV3Fields, TransactionHashPrefix

VERSION: Final = 3
QUERY_VERSION: Final = 2**128 + VERSION
"""Signed for an estimate; the network's account contracts refuse to run it (SNIP-6)."""


class StarkCrypto:
    """Implements Crypto. Every call blocks; the first one that hashes for about a second."""

    def new_private_key(self) -> int:
        """Uniform in 1 .. CURVE_ORDER - 1, from the system's random source."""
        return secrets.randbelow(CURVE_ORDER - 1) + 1

    def public_key(self, private_key: int) -> int:
        """The x coordinate; raises InvalidInput for a number that is no private key."""
        return stark_curve.public_key(private_key)

    def account_address(self, kind: AccountKind, public_key: int, salt: int) -> int:
        """Deployed by itself (deployer 0), as in the documentation, "Contract address"."""
        load_hashing()
        from starknet_py.hash.address import compute_address

        return compute_address(
            class_hash=CLASS_HASHES[kind],
            constructor_calldata=constructor_calldata(kind, public_key),
            salt=salt,
            deployer_address=0,
        )

    def class_hash(self, taken: SierraClass) -> int:
        """Of a class (documentation, "Class hash"); seconds for a large one."""
        load_hashing()
        from starknet_py.hash.sierra_class_hash import compute_sierra_class_hash
        from starknet_py.net.schemas.rpc.contract import SierraContractClassSchema

        return int(compute_sierra_class_hash(SierraContractClassSchema().load(taken.wire())))

    def contract_address(self, class_hash: int, calldata: tuple[int, ...], salt: int) -> int:
        """Of a contract that the universal deployer puts where anybody's would go (deployer 0)."""
        load_hashing()
        from starknet_py.hash.address import compute_address

        return compute_address(
            class_hash=class_hash,
            constructor_calldata=list(calldata),
            salt=salt,
            deployer_address=0,
        )

    def hash_of(self, transaction: AnyTransaction, chain_id: str) -> int:
        """The hash that names the transaction on its chain (documentation, "Transactions")."""
        return transaction_hash(transaction, chain_id, VERSION)

    def sign(self, transaction: AnyTransaction, chain_id: str, private_key: int) -> Signed:
        """Sign what can be sent. The signature is verified before it is handed out."""
        tx_hash = transaction_hash(transaction, chain_id, VERSION)
        return Signed(
            transaction=transaction,
            chain_id=chain_id,
            hash=tx_hash,
            signature=stark_curve.sign(tx_hash, private_key),
        )

    def sign_query(
        self, transaction: AnyTransaction, chain_id: str, private_key: int
    ) -> tuple[int, ...]:
        """Sign the query version, for an estimate: good for nothing else."""
        return stark_curve.sign(transaction_hash(transaction, chain_id, QUERY_VERSION), private_key)

    def signature_is_good(self, tx_hash: int, signed: tuple[int, ...], public_key: int) -> bool:
        """Whether this key has signed this hash."""
        return stark_curve.is_good(tx_hash, signed, public_key)


def load_hashing() -> None:
    """Import starknet-py; raises ToolMissing when its native libraries are not there."""
    depth = sys.getrecursionlimit()
    try:
        from starknet_py.hash import transaction as _transaction  # noqa: F401 - loaded, used below
    except (ImportError, OSError, RuntimeError, StopIteration) as error:
        raise ToolMissing(
            "The library for Starknet's hashes could not be loaded. Nothing was signed or sent.",
            hint="Install the program again.",
        ) from error
    finally:
        sys.setrecursionlimit(depth)  # a library below raises it so far that C code can crash


def transaction_hash(transaction: AnyTransaction, chain_id: str, version: int) -> int:
    """Poseidon hash of a version 3 transaction; raises OverLimit for numbers out of range."""
    check_ranges(transaction)
    load_hashing()
    from starknet_py.hash import transaction as hashes

    if isinstance(transaction, Invoke):
        return hashes.compute_invoke_v3_transaction_hash(
            account_deployment_data=[],
            calldata=list(transaction.calldata),
            common_fields=common_fields(
                transaction, chain_id, version, hashes.TransactionHashPrefix.INVOKE
            ),
        )
    if isinstance(transaction, Declare):
        return hashes.compute_declare_v3_transaction_hash(
            class_hash=transaction.class_hash,
            compiled_class_hash=transaction.compiled_class_hash,
            account_deployment_data=[],
            common_fields=common_fields(
                transaction, chain_id, version, hashes.TransactionHashPrefix.DECLARE
            ),
        )
    return hashes.compute_deploy_account_v3_transaction_hash(
        class_hash=transaction.class_hash,
        constructor_calldata=list(transaction.constructor_calldata),
        contract_address_salt=transaction.salt,
        common_fields=common_fields(
            transaction, chain_id, version, hashes.TransactionHashPrefix.DEPLOY_ACCOUNT
        ),
    )


def common_fields(
    transaction: AnyTransaction,
    chain_id: str,
    version: int,
    prefix: "TransactionHashPrefix",
) -> "CommonTransactionV3Fields":
    """What all kinds hash; data availability on L1, no paymaster."""
    from starknet_py.hash.transaction import CommonTransactionV3Fields
    from starknet_py.net.client_models import DAMode, ResourceBounds, ResourceBoundsMapping

    bounds: Bounds = transaction.bounds
    mapping = ResourceBoundsMapping(
        **{
            name: ResourceBounds(one.max_amount, one.max_price)
            for name, one in (
                ("l1_gas", bounds.l1_gas),
                ("l1_data_gas", bounds.l1_data_gas),
                ("l2_gas", bounds.l2_gas),
            )
        }
    )
    return CommonTransactionV3Fields(
        tx_prefix=prefix,
        version=version,
        address=transaction.sender,
        tip=bounds.tip,
        resource_bounds=mapping,
        paymaster_data=[],
        chain_id=short_string(chain_id),
        nonce=transaction.nonce,
        nonce_data_availability_mode=DAMode.L1,
        fee_data_availability_mode=DAMode.L1,
    )
