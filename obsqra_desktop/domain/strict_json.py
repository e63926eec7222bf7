"""JSON in and out, strictly: what is parsed has exactly one meaning and one digest.

Refused: duplicate keys, floats, NaN and infinities, integers beyond ±(2^53 - 1), a byte order
mark, invalid UTF-8, lone surrogates, nesting that is too deep, and documents over the size cap.
Output is RFC 8785 (JSON Canonicalization Scheme).
"""

import json
import re
from typing import Final, NoReturn, TypeVar

import rfc8785
from pydantic import BaseModel, ValidationError

from obsqra_desktop.domain.errors import InvalidInput

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]
Document = TypeVar("Document", bound=BaseModel)

MAX_INT: Final = 2**53 - 1
MAX_DEPTH: Final = 100
"""Arrays and objects inside each other. Counted here and not left to Python's recursion limit:
libraries raise that (py_ecc, which starknet-py imports), and then the parser in C crashes."""
_MAX_DIGITS: Final = 17
ESCAPE: Final = "\\u"
_TOKENS: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]', re.DOTALL)


def loads(raw: bytes, *, what: str, limit: int) -> JsonValue:
    """Parse at most `limit` bytes; `what` names the document in errors.

    Raises InvalidInput.
    """
    text = text_of(raw, what, limit)

    def unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        found: dict[str, JsonValue] = {}
        for key, value in pairs:
            if key in found:
                raise InvalidInput(f"{what} has the key {key!r} twice in one object")
            found[key] = value
        return found

    def integer(digits: str) -> int:
        if len(digits) > _MAX_DIGITS or abs(int(digits)) > MAX_INT or digits == "-0":
            raise InvalidInput(f"{what} has an integer out of range: {digits[:24]}")
        return int(digits)

    def no_float(digits: str) -> NoReturn:
        raise InvalidInput(f"{what} has {digits[:24]}; only whole numbers are allowed")

    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=unique,
            parse_int=integer,
            parse_float=no_float,
            parse_constant=no_float,
        )
        if ESCAPE in text:  # the one way to a lone surrogate: UTF-8 itself has none
            canonical(value)  # what has no canonical form has no digest either
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(f"{what} is not JSON: {error.msg} ({where})") from error
    except RecursionError as error:
        raise InvalidInput(f"{what} is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise InvalidInput(f"{what} has text that is not valid Unicode") from error
    return value


def text_of(raw: bytes, what: str, limit: int) -> str:
    """The text, if the parser may see it; raises InvalidInput."""
    if len(raw) > limit:
        raise InvalidInput(f"{what} has {len(raw)} bytes, at most {limit} are read")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{what} is not UTF-8 text (byte {error.start})") from error
    if depth(text) > MAX_DEPTH:
        raise InvalidInput(f"{what} is nested too deeply")
    return text


def depth(text: str) -> int:
    """The deepest nesting of brackets outside strings, valid JSON or not."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    deepest = level = 0
    for found in _TOKENS.finditer(text):
        if found[0] in "[{":
            level += 1
            deepest = max(deepest, level)
        elif found[0] in "]}":
            level -= 1
    return deepest


def canonical(value: JsonValue) -> bytes:
    """RFC 8785 bytes of a value."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise InvalidInput(f"the document has no canonical form: {error}") from error


def parse(model: type[Document], raw: bytes, *, what: str, schema: str, limit: int) -> Document:
    """Parse a document whose key `schema` must be exactly `schema` into a strict model.

    Raises InvalidInput, which names the first wrong place and how many more there are.
    """
    value = loads(raw, what=what, limit=limit)
    if not isinstance(value, dict):
        raise InvalidInput(f"{what} must be a JSON object")
    if value.get("schema") != schema:
        found = value.get("schema")
        shown = repr(found)[:60] if isinstance(found, str) else "none"
        raise InvalidInput(f"{what} must name the schema {schema!r}, found {shown}", where="schema")
    try:
        return model.model_validate_json(raw, by_alias=True, by_name=False)
    except ValidationError as error:
        raise invalid(error, what) from error


def invalid(error: ValidationError, what: str) -> InvalidInput:
    """One InvalidInput for all that a strict model found wrong."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    first = problems[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return InvalidInput(f"{message}{more}", where=where or what)


def document(model: BaseModel) -> JsonValue:
    """The JSON value of a model, as `parse` reads it."""
    value: JsonValue = model.model_dump(mode="json", by_alias=True)
    return value


def pretty(model: BaseModel) -> bytes:
    """Indented JSON for files that people open; it parses to the same value."""
    return (json.dumps(document(model), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
