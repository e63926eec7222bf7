"""The class that a declaration names, read again and checked before it goes anywhere."""

from functools import lru_cache
from typing import Protocol

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.contracts import SierraClass
from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.transaction import Declare


class ClassStore(Protocol):
    """The classes that ship with the program, and those that were declared from here."""

    def find(self, class_hash: int) -> SierraClass:
        """By the hash that it should have; raises NotFound, StorageError."""
        ...


def declared_class(classes: ClassStore, transaction: Declare) -> SierraClass:
    """The class; raises NotFound, and StorageError if the file is not what its name says.

    Blocks, for a class of 30,000 felts for about two seconds.
    """
    found = classes.find(transaction.class_hash)
    if hashed(found) != transaction.class_hash:
        raise StorageError(
            f"The file of the class {transaction.contract} has other code than its hash says. "
            "Nothing was sent.",
            hint="Install the program again.",
        )
    return found


@lru_cache(maxsize=4)
def hashed(one: SierraClass) -> int:
    """A plan, its check and its sending look at the same class within seconds."""
    return StarkCrypto().class_hash(one)
