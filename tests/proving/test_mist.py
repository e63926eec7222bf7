"""MIST's proofs, hashes and trees through the adapter: published vectors, tampering, damage."""

import contextlib
import hashlib
import shutil
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import (
    AppError,
    Cancelled,
    InvalidInput,
    ProofRejected,
    ProvingFailed,
    ToolMissing,
)
from obsqra_desktop.domain.mist.deep import Ladder
from obsqra_desktop.domain.mist.errors import KeyDataDamaged, NoteMissing
from obsqra_desktop.domain.mist.note import (
    FIELD,
    SpendPhase,
    SpendPublics,
    SpendStatement,
    SpendTiming,
    TreePath,
)
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.proving import mist_calldata
from obsqra_desktop.proving.mist import (
    NativeLeafSearch,
    NativeMistHash,
    NativeMistProver,
    NativeMistTree,
)
from obsqra_desktop.proving.mist_calldata import FELTS, checked, proof_calldata
from obsqra_desktop.proving.mist_key import DIGESTS
from obsqra_desktop.proving.mist_trial import try_mist
from tests.privacy.plain import plain_hash
from tests.proving.making import never
from tests.vectors.mist import (
    VECTORS,
    notes,
    number,
    numbers,
    published_publics,
    published_statement,
)

PROOF = numbers(VECTORS["published_proof"])
LEAVES = numbers(VECTORS["leaves"])
digest = NativeMistHash()
tree = NativeMistTree()


def ignore(_: SpendTiming) -> None:
    """No progress wanted."""


@pytest.fixture(scope="module")
def prover() -> NativeMistProver:
    return NativeMistProver(resource_root() / "mist")


def test_mists_identity_for_spends_with_an_owner_key() -> None:
    """MIST's own derivation (the author's port, sdk/src/index.ts), by both hashes. This program
    never spends so: see `SpendPublics`."""
    known = VECTORS["identity"]
    own, hiding, auth = (int.from_bytes(one.encode(), "big") for one in known["words"].values())
    master = number(known["master_key"])
    for hashed in (digest, plain_hash):
        for key, owner in known["owners"]:
            assert hashed(own, number(key)) == number(owner)
        assert hashed(hiding, master) == number(known["hiding_key"])
        assert hashed(auth, master) == number(known["auth_key"])
        assert hashed(own, number(known["auth_key"])) == number(known["account"])
        for index, key in enumerate(known["claiming_keys"]):
            assert hashed(index, number(known["hiding_key"])) == number(key)


def test_the_leaf_of_the_published_rewrap() -> None:
    known, whole = VECTORS["calls"]["rewrap"], notes()[VECTORS["calls"]["note"]][0]
    part = replace(
        whole, claiming_key=number(known["claiming_key"]), amount=number(known["amount"])
    )
    assert part.secret(digest) == number(known["secret"])
    assert part.leaf(digest) == number(known["leaf"])


@pytest.mark.parametrize(("elements", "expected"), VECTORS["hashes"])
def test_published_hashes(elements: list[str], expected: str) -> None:
    assert digest(*numbers(elements)) == number(expected)


@pytest.mark.parametrize("elements", [(), (1,), (1, 2, 3, 4), (FIELD, 0), (-1, 0)])
def test_what_cannot_be_hashed(elements: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput):
        digest(*elements)


def test_published_notes() -> None:
    for note, values in notes():
        assert note.secret(digest) == values["secret"]
        assert note.leaf(digest) == values["leaf"]
        assert note.nullifier(digest) == values["nullifier"]
        assert f"{note.claiming_key}" not in repr(note)


def test_published_roots_and_path() -> None:
    for count, root in VECTORS["roots"].items():
        assert tree.root(LEAVES[: int(count)]) == number(root)
    assert tree.root(()) == 0
    siblings = numbers(VECTORS["path"]["siblings"])
    padded = siblings + (0,) * (20 - len(siblings))
    assert tree.path(LEAVES, LEAVES[7]) == TreePath(7, tree.root(LEAVES), padded)
    small = VECTORS["calls"]["tree"]
    found = tree.path(numbers(small["leaves"]), number(small["leaves"][2]))
    assert found.root == number(small["root"])
    assert found.siblings[:2] == numbers(small["path"])


def test_a_leaf_that_is_not_there_and_leaves_that_are_none() -> None:
    with pytest.raises(NoteMissing):
        tree.path(LEAVES, 5)
    with pytest.raises(InvalidInput):
        tree.path((FIELD,), FIELD)
    with pytest.raises(InvalidInput):
        tree.root((*LEAVES, FIELD))


@given(st.lists(st.integers(1, FIELD - 1), min_size=1, max_size=40, unique=True), st.data())
def test_a_path_climbs_to_the_root(leaves: list[int], data: st.DataObject) -> None:
    """Against the rule itself: sort, hash; a zero lets its sibling through."""
    leaf = data.draw(st.sampled_from(leaves))
    path = tree.path(tuple(leaves), leaf)
    at = leaf
    for sibling in path.siblings:
        at = digest(min(at, sibling), max(at, sibling)) if sibling else at
    assert at == path.root == tree.root(leaves)


def test_a_proof_of_our_own_verifies_and_is_never_the_same(prover: NativeMistProver) -> None:
    seen: list[SpendTiming] = []
    proof = prover.prove(published_statement(), seen.append, never)
    assert tuple(seen) == proof.phases
    assert [one.phase for one in seen] == list(SpendPhase)
    assert proof.seconds > 0
    prover.verify(published_publics(), proof.points)
    assert prover.prove(published_statement(), ignore, never).points != proof.points
    made = proof_calldata(prover.check(), published_publics(), proof.points)
    assert (made[0], len(made)) == (FELTS, FELTS + 1)


def test_the_published_proof_and_every_public_value_tampered(prover: NativeMistProver) -> None:
    publics = published_publics()
    prover.verify(publics, PROOF)
    for name in (
        "owner",
        "withdraw_amount",
        "withdraw_token",
        "root",
        "nullifier",
        "first",
        "second",
        "payload",
    ):
        with pytest.raises(ProofRejected):
            prover.verify(replace(publics, **{name: getattr(publics, name) + 1}), PROOF)


def test_withdraw_to_is_bound_by_nothing_so_authorisation_by_key_cannot_be_said(
    prover: NativeMistProver,
) -> None:
    """The published circuit's hole: anybody could redirect the money of a proof with AuthDone 1."""
    publics = published_publics()
    prover.verify(replace(publics, withdraw_to=0xBAD), PROOF)
    with pytest.raises((TypeError, ValueError)):
        replace(publics, auth_done=1)
    assert publics.values()[1] == 0


@pytest.mark.parametrize("index", range(8))
def test_every_coordinate_tampered(prover: NativeMistProver, index: int) -> None:
    for value in (PROOF[index] ^ 1, 0, 2**256 - 1, 2**256, -1):
        points = [*PROOF[:index], value, *PROOF[index + 1 :]]
        with pytest.raises(ProofRejected):
            prover.verify(published_publics(), points)


def test_proofs_of_another_length(prover: NativeMistProver) -> None:
    for points in (PROOF[:-1], (*PROOF, 1), ()):
        with pytest.raises(ProofRejected):
            prover.verify(published_publics(), points)


def test_no_proof_of_anything_else(prover: NativeMistProver) -> None:
    """Each secret value changed: there is no witness, and the error tells none of them."""
    honest = published_statement()
    owner_key = 23  # an unknown one does as well as another
    for index in set(range(27)) - {owner_key}:
        secrets = list(honest.secrets)
        secrets[index] += 1
        with pytest.raises(ProvingFailed) as caught:
            prover.prove(SpendStatement(honest.publics, tuple(secrets)), ignore, never)
        assert f"{honest.secrets[0]}" not in str(caught.value)
        assert f"{honest.secrets[0]}" not in repr(honest)


def test_proving_can_be_stopped_before_each_phase(prover: NativeMistProver) -> None:
    for phases in range(4):
        asked = iter([False] * phases + [True])
        with pytest.raises(Cancelled):
            prover.prove(published_statement(), ignore, lambda asked=asked: next(asked))


def test_what_a_callback_raises_comes_out(prover: NativeMistProver) -> None:
    def broken(_: SpendTiming) -> None:
        raise RuntimeError("the window is gone")

    with pytest.raises(RuntimeError, match="the window is gone"):
        prover.prove(published_statement(), broken, never)


def test_other_threads_run_while_it_proves(prover: NativeMistProver) -> None:
    """The prover waits in a callback for a thread that can only run if it lets go of the GIL."""
    ran = threading.Event()
    threading.Thread(target=ran.set).start()
    prover.prove(published_statement(), lambda _: None, lambda: not ran.wait(300))


def test_the_calldata_is_the_recorded_one(prover: NativeMistProver) -> None:
    made = proof_calldata(prover.check(), published_publics(), PROOF)
    words = " ".join(map(hex, made)).encode()
    assert hashlib.sha256(words).hexdigest() == VECTORS["calldata_sha256"]


def test_an_invalid_proof_has_no_calldata(
    prover: NativeMistProver, capfd: pytest.CaptureFixture[str]
) -> None:
    """garaga panics; that must not come out as what it is."""
    other = replace(published_publics(), payload=1)
    with pytest.raises(ProvingFailed):
        proof_calldata(prover.check(), other, PROOF)
    with pytest.raises(ProvingFailed):
        proof_calldata(prover.check(), published_publics(), PROOF[:-1])
    capfd.readouterr()


def test_calldata_only_of_a_proof_that_verifies(prover: NativeMistProver) -> None:
    made = prover.calldata(published_publics(), PROOF)
    assert made == proof_calldata(prover.check(), published_publics(), PROOF)
    with pytest.raises(ProofRejected):
        prover.calldata(replace(published_publics(), payload=1), PROOF)


def test_the_self_check_proves_a_spend(tmp_path: Path, prover: NativeMistProver) -> None:
    assert "2062 felts" in try_mist(prover)
    with pytest.raises(KeyDataDamaged):
        try_mist(NativeMistProver(tmp_path))


def changed_at(place: int) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
    return lambda felts: (*felts[:place], felts[place] ^ 1, *felts[place + 1 :])


@pytest.mark.parametrize(
    "change",
    [*map(changed_at, (0, 1, 32, 33, 34, 53)), lambda felts: felts[:-1], lambda felts: (*felts, 0)],
)
def test_calldata_of_another_proof_is_refused(
    prover: NativeMistProver, change: Callable[[tuple[int, ...]], tuple[int, ...]]
) -> None:
    values = published_publics().values()
    good = proof_calldata(prover.check(), published_publics(), PROOF)
    assert checked(good, values, PROOF) == good
    with pytest.raises(ProvingFailed):
        checked(change(good), values, PROOF)


def test_another_end_of_the_process_is_not_swallowed(
    prover: NativeMistProver, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped:
        @staticmethod
        def get_groth16_calldata(*_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(mist_calldata, "load_garaga", lambda: Stopped)
    with pytest.raises(KeyboardInterrupt):
        proof_calldata(prover.check(), published_publics(), PROOF)


def test_without_what_writes_calldata_nothing_may_come_in(
    prover: NativeMistProver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` is asked before each deposit: a proof alone takes nothing out."""
    prover.check()
    monkeypatch.setattr(mist_calldata, "MODULE", "garaga.is_not_here")
    with pytest.raises(ToolMissing):
        prover.check()


def damage_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def damage_length(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def damage_bomb(path: Path) -> None:
    path.write_bytes(zlib.compress(bytes(64 << 20), 9))


@pytest.mark.parametrize("damage", [damage_byte, damage_length, damage_bomb, Path.unlink])
@pytest.mark.parametrize("name", DIGESTS)
def test_damaged_key_data_is_refused(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "mist"
    shutil.copytree(resource_root() / "mist", folder)
    NativeMistProver(folder).check()
    damage(folder / name)
    with pytest.raises(KeyDataDamaged):
        NativeMistProver(folder).check()


@given(st.binary(max_size=400))
def test_any_bytes_are_no_key(data: bytes) -> None:
    """Past the digests: the module itself refuses, with its typed error and without a panic."""
    import obsqra_native

    with pytest.raises(obsqra_native.InvalidInput):
        obsqra_native.MistProver(data, data, data)


@given(st.binary(max_size=400), st.integers(0, 2**64 - 1))
def test_any_bytes_through_the_other_functions(data: bytes, index: int) -> None:
    import obsqra_native

    for call in (
        lambda: obsqra_native.mist_hash(data),
        lambda: obsqra_native.mist_root(data),
        lambda: obsqra_native.mist_path(data, index),
    ):
        with contextlib.suppress(obsqra_native.InvalidInput):
            assert len(call()) % 32 == 0


def test_publics_must_be_elements() -> None:
    with pytest.raises(AppError):
        SpendStatement(SpendPublics(*published_publics().values()[:1], *([FIELD] * 7)), (0,) * 27)


@given(
    st.lists(st.integers(0, FIELD - 1), max_size=6),
    st.lists(st.tuples(st.integers(0, FIELD - 1), st.integers(0, 2**128)), max_size=6),
    st.data(),
)
def test_the_search_finds_what_hashing_one_by_one_finds(
    secrets: list[int], values: list[tuple[int, int]], data: st.DataObject
) -> None:
    made = [digest(secret, *value) for secret in secrets for value in values]
    leaves = [1, *(data.draw(st.lists(st.sampled_from(made), max_size=4)) if made else []), 2]
    expected = tuple(
        (at, place, leaves.index(digest(secret, *value)))
        for at, secret in enumerate(secrets)
        for place, value in enumerate(values)
        if digest(secret, *value) in leaves
    )
    assert NativeLeafSearch().find(secrets, values, leaves) == expected


@given(
    st.lists(st.integers(0, FIELD - 1), min_size=1, max_size=5),
    st.integers(0, FIELD - 1),
    st.integers(1, 40),
    st.sampled_from([1, 7, 10**12, -1, -(10**9)]),
    st.data(),
)
def test_amounts_that_follow_each_other_are_found_as_single_ones_are(
    secrets: list[int], token: int, count: int, step: int, data: st.DataObject
) -> None:
    ladder = Ladder(10**18, step, count)
    values = [(token, ladder.amount(place)) for place in range(count)]
    secret, place = data.draw(st.sampled_from(secrets)), data.draw(st.integers(0, count - 1))
    leaves = [1, digest(secret, *values[place])]
    search = NativeLeafSearch()
    found = search.find_amounts(secrets, token, ladder, leaves)
    assert found == search.find(secrets, values, leaves)
    assert (secrets.index(secret), place, 1) in found


def test_amounts_that_follow_each_other_are_refused_as_single_ones_are() -> None:
    search = NativeLeafSearch()
    with pytest.raises(InvalidInput, match="more combinations"):
        search.find_amounts([1], 1, Ladder(1, 1, 2**21 + 1), [1])
    for secrets, token, first, leaves in (
        ([FIELD], 1, 1, [1]),
        ([1], FIELD, 1, [1]),
        ([1], 1, -1, [1]),
        ([1], 1, 1, [FIELD]),
    ):
        with pytest.raises(InvalidInput):
            search.find_amounts(secrets, token, Ladder(first, 1, 3), leaves)


def test_the_search_refuses_too_much_work_and_what_is_no_element() -> None:
    search = NativeLeafSearch()
    with pytest.raises(InvalidInput, match="more combinations"):
        search.find([1] * 2**11, [(1, 1)] * (2**10 + 1), [1])
    for secrets, values, leaves in (
        ([FIELD], [(1, 1)], [1]),
        ([1], [(FIELD, 1)], [1]),
        ([1], [(1, 1)], [FIELD]),
    ):
        with pytest.raises(InvalidInput):
            search.find(secrets, values, leaves)
