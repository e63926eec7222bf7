"""Random but valid networks, accounts, transactions, records and limits."""

from hypothesis import strategies as st

from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.journal import Spend, TxEvent, TxKind, TxRecord, TxState
from obsqra_desktop.domain.strict_json import MAX_INT
from obsqra_desktop.domain.transaction import (
    Bound,
    Bounds,
    Call,
    DeployAccount,
    Gas,
    Invoke,
    Receipt,
    Signed,
    Transfer,
)
from tests.domain.strategies import felts

amounts = st.integers(0, 2**256 - 1)
addresses = st.integers(2, ADDRESS_BOUND - 1)
counts = st.integers(0, MAX_INT)
ids = st.text("0123456789abcdef", min_size=12, max_size=12)
visible = st.text(
    st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40
)  # what isprintable takes, without spaces
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,30}", fullmatch=True)

calls = st.builds(
    Call, to=felts, entry_point=names, calldata=st.lists(felts, max_size=6).map(tuple)
)
bound = st.builds(Bound, max_amount=st.integers(0, 2**64 - 1), max_price=st.integers(0, 2**128 - 1))
bounds = st.builds(
    Bounds, l1_gas=bound, l1_data_gas=bound, l2_gas=bound, tip=st.integers(0, 2**64 - 1)
)
invokes = st.builds(
    Invoke,
    sender=felts,
    nonce=felts,
    calls=st.lists(calls, min_size=1, max_size=3).map(tuple),
    bounds=bounds,
)
deployments = st.builds(
    DeployAccount,
    sender=felts,
    nonce=felts,
    class_hash=felts,
    salt=felts,
    constructor_calldata=st.lists(felts, max_size=4).map(tuple),
    bounds=bounds,
)
signed = st.builds(
    Signed,
    transaction=st.one_of(invokes, deployments),
    chain_id=st.sampled_from(("SN_MAIN", "SN_SEPOLIA", "OBSQRA_PRACTICE")),
    hash=felts,
    signature=st.lists(felts, min_size=2, max_size=5).map(tuple),
)
gases = st.builds(Gas, amount=st.integers(0, 2**64 - 1), price=st.integers(0, 2**128 - 1))
transfers = st.builds(Transfer, token=felts, sender=felts, recipient=felts, amount=amounts)
receipts = st.builds(
    Receipt,
    hash=felts,
    actual_fee=amounts,
    block_number=st.none() | counts,
    reverted=st.booleans(),
    revert_reason=st.none() | st.text(max_size=80),
    transfers=st.lists(transfers, max_size=3).map(tuple),
)
tokens = st.sampled_from((STRK.address, ETH.address, 0x77))
spends = st.builds(Spend, token=tokens, amount=amounts)
events = st.builds(TxEvent, at=counts, state=st.sampled_from(TxState), detail=st.text(max_size=80))
records = st.builds(
    TxRecord,
    id=ids,
    network=st.sampled_from(("mainnet", "sepolia", "practice", "my-own")),
    account=ids,
    kind=st.sampled_from(TxKind),
    title=visible,
    label=st.just("") | visible,
    signed=signed,
    spends=st.lists(spends, max_size=3).map(tuple),
    recipient=st.none() | felts,
    likely_fee=amounts,
    max_fee=amounts,
    created_at=counts,
    made_at=st.none() | counts,
    node=visible,
    state=st.sampled_from(TxState),
    events=st.lists(events, max_size=3).map(tuple),
    receipt=st.none() | receipts,
    replaces=st.none() | ids,
)
accounts = st.builds(
    Account,
    id=ids,
    label=st.just("") | visible,
    network=st.sampled_from(("mainnet", "practice")),
    address=felts,
    kind=st.none() | st.sampled_from(AccountKind),
    class_hash=st.none() | felts,
    salt=st.none() | felts,
    public_key=st.none() | felts,
    created_at=counts,
    backed_up=st.booleans(),
    secret_backed_up=st.none() | st.booleans(),
    deployed=st.booleans(),
)


def make_record(
    number: int = 1,
    *,
    state: TxState = TxState.SIGNED,
    at: int = 1_700_000_000,
    amount: int = 0,
    token: int = STRK.address,
    max_fee: int = 100,
    receipt: Receipt | None = None,
    tx_hash: int | None = None,
) -> TxRecord:
    """A transfer of `amount`."""
    nothing = Bound(max_amount=0, max_price=0)
    call = Call(to=token, entry_point="transfer", calldata=(0x99, amount % 2**128, amount >> 128))
    return TxRecord(
        id=f"{number:012x}",
        network="mainnet",
        account="0123456789ab",
        kind=TxKind.TRANSFER,
        title=f"Number {number}",
        signed=Signed(
            transaction=Invoke(
                sender=0x1234,
                nonce=number,
                calls=(call,),
                bounds=Bounds(l1_gas=nothing, l1_data_gas=nothing, l2_gas=nothing),
            ),
            chain_id="SN_MAIN",
            hash=0xABC000 + number if tx_hash is None else tx_hash,
            signature=(0x5EC12E7, 0x5EC12E8),
        ),
        spends=(Spend(token=token, amount=amount),) if amount else (),
        recipient=0x99,
        likely_fee=max_fee // 2,
        max_fee=max_fee,
        created_at=at,
        node="node.example",
        state=state,
        receipt=receipt,
    )


def make_receipt(fee: int, *, reverted: bool = False) -> Receipt:
    return Receipt(
        hash=0xABC,
        actual_fee=fee,
        block_number=7,
        reverted=reverted,
        revert_reason="no" if reverted else None,
        transfers=(),
    )
