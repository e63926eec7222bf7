"""What a hand-over file tells about one note, to its receiver alone.

An amount that is forwarded inside the pool is nowhere on chain, so its receiver has to be told. The
file for a payment request holds no key: whoever opens it learns the amount, and can spend nothing.
The file of a whole note holds its key; with the owner's account it can be spent.
"""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from obsqra_desktop.domain.felt import Amount, Felt
from obsqra_desktop.domain.mist.fields import Element
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND
from obsqra_desktop.domain.pools import Strict, printable

CONTENTS_SCHEMA: Final = "obsqra/mist-handed-over/1"
SEALED_SCHEMA: Final = "obsqra/mist-handover-file/1"
CONTENTS_LIMIT: Final = 8 * 1024
FILE_LIMIT: Final = 32 * 1024


class HandedOver(Strict):
    """One note: for a request its secret, for a whole note its key and owner."""

    schema_id: Literal["obsqra/mist-handed-over/1"] = Field(default=CONTENTS_SCHEMA, alias="schema")
    chain_id: Felt
    pool: Felt
    token: Felt
    amount: Amount
    label: Annotated[str, Field(max_length=120), AfterValidator(printable)] = ""
    secret: Annotated[Element | None, Field(repr=False)] = None
    claiming_key: Annotated[Element | None, Field(repr=False)] = None
    owner: Felt | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "HandedOver":
        if not 0 < self.amount < AMOUNT_BOUND:
            raise ValueError("the pool takes amounts from 1 to below 2^128")
        for_request = self.secret is not None
        whole = self.claiming_key is not None and self.owner is not None
        nothing = self.claiming_key is None and self.owner is None
        if for_request == whole or (for_request and not nothing):
            raise ValueError("it is for a request, or a whole note")
        return self

    @property
    def whole(self) -> bool:
        """Whether it holds the note's key."""
        return self.claiming_key is not None
