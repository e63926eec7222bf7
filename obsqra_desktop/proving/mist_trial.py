"""A whole spend of a made-up note, proved, verified and written for the contract."""

from obsqra_desktop.domain.mist.note import HEIGHT, Note, SpendPublics, SpendStatement
from obsqra_desktop.proving.mist import NativeMistHash, NativeMistProver

NOTE = Note(claiming_key=11, owner=12, token=13, amount=14)
KEPT, SECRETS = 5, (15, 16)


def trial_statement() -> SpendStatement:
    """The note alone in its tree, five of fourteen stay in the first output."""
    digest = NativeMistHash()
    first, second = SECRETS
    publics = SpendPublics(
        owner=NOTE.owner,
        withdraw_amount=NOTE.amount - KEPT,
        withdraw_token=NOTE.token,
        withdraw_to=NOTE.owner,
        root=NOTE.leaf(digest),
        nullifier=NOTE.nullifier(digest),
        first=digest(first, NOTE.token, KEPT),
        second=digest(second, NOTE.token, 0),
    )
    known = (NOTE.claiming_key, NOTE.amount, NOTE.token)
    return SpendStatement(publics, (*known, *[0] * HEIGHT, 0, first, KEPT, second))


def try_mist(prover: NativeMistProver) -> str:
    """What was done, in words; raises what proving, verifying and writing raise. Blocks."""
    statement = trial_statement()
    proof = prover.prove(statement, lambda _: None, lambda: False)
    felts = len(prover.calldata(statement.publics, proof.points))
    return f"a spend was proved in {proof.seconds:.2f} s and verified, {felts} felts of calldata"
