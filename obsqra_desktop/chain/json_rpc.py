"""JSON-RPC 2.0: a request's form, and replies read strictly; what a node says is made harmless."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from obsqra_desktop.domain.chain_errors import BatchRefused, NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.strict_json import JsonValue, depth

MAX_DEPTH: Final = 500  # a trace of 50 calls inside each other has some 110
TEXT: Final = 300
DEEPEST: Final = 60
"""Calls inside each other in the account of a failed one; a transaction may nest 50."""

PARAMS = Mapping[str, Any] | Sequence[Any]

WORDS: Final = {
    20: "There is no contract at that address.",
    24: "It does not know that block.",
    28: "It does not know that class.",
    29: "It does not know that transaction.",
    40: "The contract failed.",
    41: "The transaction would fail.",
    52: "The nonce is not the next one of the account.",
    53: "The bounds do not cover what the transaction needs.",
    54: "The balance does not cover the highest fee.",
    55: "The account does not accept the signature.",
    58: "The calldata or another part is too large.",
    59: "It has this transaction already.",
    61: "It does not take transactions of this version.",
    63: "An unexpected error happened there.",
    64: "The fee offered is too low to replace the waiting transaction.",
    65: "The fee offered is below what the network takes.",
    -32601: "It does not know the question.",
    -32602: "It does not understand the question.",
}
"""Codes of starknet-specs (starknet_api_openrpc, starknet_write_api) in plain words."""


def request(number: int, method: str, params: PARAMS) -> dict[str, Any]:
    """A JSON-RPC 2.0 request object."""
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def results_of(
    raw: bytes, numbers: Sequence[int], label: str
) -> tuple[JsonValue | NodeRefused, ...]:
    """What a batch was answered, by the ids and not by the order.

    Some servers answer a batch of one with a bare object. An error object without an id speaks of
    the batch as a whole. Raises BatchRefused, NodeAnswerInvalid.
    """
    reply = parse(raw, label)
    if isinstance(reply, dict) and (len(numbers) > 1 or reply.get("id") is None):
        error = reply.get("error")
        if reply.get("jsonrpc") == "2.0" and isinstance(error, dict):
            raise BatchRefused(f"{refused(error, label).detail} It was asked many things at once.")
        raise NodeAnswerInvalid(f"{label} sent something that is no answer to what was asked.")
    items = reply if isinstance(reply, list) else [reply]
    if len(items) != len(numbers):
        raise NodeAnswerInvalid(
            f"{label} sent {len(items)} answers to {len(numbers)} questions.",
            hint="Try again, or use another node.",
        )
    found: dict[int, JsonValue | NodeRefused] = {}
    for item in items:
        number = item.get("id") if isinstance(item, dict) else None
        if type(number) is not int or number not in numbers or number in found:
            raise NodeAnswerInvalid(f"{label} answered another question, or one of them twice.")
        try:
            found[number] = result_in(item, number, label)
        except NodeRefused as error:
            found[number] = error
    return tuple(found[number] for number in numbers)


def result_of(raw: bytes, number: int, label: str) -> JsonValue:
    """The result of a JSON-RPC reply; raises NodeAnswerInvalid, NodeRefused."""
    return result_in(parse(raw, label), number, label)


def result_in(reply: object, number: int, label: str) -> JsonValue:
    """The result of a reply that is JSON; raises NodeAnswerInvalid, NodeRefused."""
    if not isinstance(reply, dict) or reply.get("jsonrpc") != "2.0":
        raise NodeAnswerInvalid(f"{label} sent something that is no JSON-RPC answer.")
    error = reply.get("error")
    if isinstance(error, dict) and reply.get("id") in {number, None}:
        raise refused(error, label)
    if reply.get("id") != number or isinstance(reply.get("id"), bool):
        raise NodeAnswerInvalid(f"{label} answered another question.")
    if error is not None or "result" not in reply:
        raise NodeAnswerInvalid(f"{label} sent neither a result nor an error.")
    result: JsonValue = reply["result"]
    return result


def parse(raw: bytes, label: str) -> Any:  # noqa: ANN401 - JSON
    """JSON with one meaning: no key twice, no NaN, not too deep."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return found

    def constant(_word: str) -> NoReturn:
        raise ValueError("NaN and infinities are no JSON")

    try:
        text = raw.decode("utf-8")
        if depth(text) > MAX_DEPTH:  # the parser in C would crash, see strict_json
            raise ValueError("nested too deeply")
        return json.loads(text, object_pairs_hook=unique, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        raise NodeAnswerInvalid(
            f"{label} sent something that is no JSON, or was cut off.",
            hint="Try again, or use another node.",
        ) from error


def refused(error: Mapping[str, Any], label: str) -> NodeRefused:
    """The node's error in plain words, and a little of its own, made harmless."""
    code = error.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        raise NodeAnswerInvalid(f"{label} sent an error without a code.")
    own = harmless(error.get("message"))
    data = harmless(innermost(error.get("data")))
    words = WORDS.get(code, f"It says: {own or 'nothing more'} (code {code}).")
    if data and code in WORDS:
        words = f"{words} ({data})"
    return NodeRefused(f"{label}: {words}", rpc_code=code, rpc_data=data, rpc_message=own)


def innermost(data: object) -> object:
    """What the contract itself said: a failed call names its callers around it.

    Forms of starknet-specs 0.10, CONTRACT_ERROR and CONTRACT_EXECUTION_ERROR.
    """
    for _ in range(DEEPEST):
        if not isinstance(data, dict):
            break
        inner = data.get("revert_error", data.get("error"))
        if inner is None:
            break
        data = inner
    return data


def harmless(value: object) -> str:
    """Printable and short."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    shown = "".join(one if one.isprintable() else " " for one in text[: 8 * TEXT])
    shown = " ".join(shown.split())
    return shown if len(shown) <= TEXT else shown[: TEXT - 1] + "…"
