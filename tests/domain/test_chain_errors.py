"""Errors of chains: typed, told apart, one line each."""

from obsqra_desktop.domain import chain_errors
from obsqra_desktop.domain.errors import AppError


def test_errors_of_chains_are_told_apart() -> None:
    found = [
        one
        for one in vars(chain_errors).values()
        if isinstance(one, type) and issubclass(one, AppError) and one is not AppError
    ]
    assert len(found) > 15
    assert len({one.code for one in found}) == len({one.title for one in found}) == len(found)
    assert all(one.__doc__ and one.code.isidentifier() for one in found)
    refused = chain_errors.NodeRefused("no", rpc_code=52, rpc_data="why")
    assert (refused.rpc_code, refused.rpc_data, str(refused)) == (52, "why", "The node refused: no")
    assert not chain_errors.OverCap.retryable
    assert issubclass(chain_errors.WrongChain, chain_errors.NodeUnfit)
    assert not issubclass(chain_errors.NodeRefused, chain_errors.NodeUnreachable)
