"""The self-check's look at Starknet's curve, with the real library and with broken ones."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.errors import ToolMissing
from obsqra_desktop.services.selfcheck import CURVE_SIGNATURE, Curve, Finding, SelfCheck
from tests.services.stubs import StubProver


class HereProbe:
    """Implements MachineProbe."""

    def try_writing(self) -> None:
        pass

    def keyring(self) -> str:
        return "none"

    def temporary_folder(self) -> AbstractContextManager[Path]:
        return nullcontext(Path())


def no_services(_folder: Path) -> Any:
    raise OSError("no services here")


def finding(curve: Curve) -> Finding:
    check = SelfCheck(StubProver(), curve, HereProbe(), no_services, lambda: "tried")
    report = asyncio.run(check.run())
    assert not report.ok
    (found,) = [one for one in report.findings if one.id == "curve"]
    return found


def test_the_real_library_passes() -> None:
    found = finding(StarkCrypto())
    assert found.ok, found.detail
    assert "signed" in found.detail


class OtherKey(StarkCrypto):
    def public_key(self, private_key: int) -> int:
        return super().public_key(private_key + 1)


class OtherAddress(StarkCrypto):
    def account_address(self, *words: Any) -> int:
        return super().account_address(*words) ^ 1


class OtherHash(StarkCrypto):
    def sign(self, *words: Any) -> Any:
        signed = super().sign(*words)
        return signed.model_copy(update={"hash": signed.hash ^ 1})


class OtherSignature(StarkCrypto):
    def sign(self, *words: Any) -> Any:
        return super().sign(*words).model_copy(update={"signature": CURVE_SIGNATURE[::-1]})


class RefusesAll(StarkCrypto):
    def signature_is_good(self, *_words: Any) -> bool:
        return False


class TakesAll(StarkCrypto):
    def signature_is_good(self, *_words: Any) -> bool:
        return True


class Missing(StarkCrypto):
    def public_key(self, private_key: int) -> int:
        raise ToolMissing("The library for Starknet's curve could not be loaded.")


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        (OtherKey, "public key"),
        (OtherAddress, "address"),
        (OtherHash, "hash"),
        (OtherSignature, "another signature"),
        (RefusesAll, "refused"),
        (TakesAll, "another transaction"),
        (Missing, "could not be loaded"),
    ],
)
def test_a_broken_library_is_found(broken: type[StarkCrypto], word: str) -> None:
    found = finding(broken())
    assert not found.ok
    assert word in found.detail
