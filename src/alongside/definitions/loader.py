"""Reads definition files: TOML, exact numbers, and an error that names the file, the field and its line."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alongside.definitions.faults import Misplaced, Place
from alongside.definitions.lines import line_of
from alongside.definitions.provenance import Content, Definition
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later

Model = TypeVar("Model", bound=Content)


def load_all(package: str, model: type[Model]) -> tuple[Model, ...]:
    """Every `*.toml` beside `package`, by file name, as `model`. Raises `Invalid` naming file and field.

    What has a key is called by it: two files with one key are refused, and a file that is called something else.
    """
    beside = sorted(resources.files(package).iterdir(), key=lambda file: file.name)
    files = [file for file in beside if file.name.endswith(".toml")]
    read = tuple(parse(text_of(file), model, file.name) for file in files)
    _check_names([(file.name, one.key) for file, one in zip(files, read, strict=True) if isinstance(one, Definition)])
    return read


def load_one(package: str, name: str, model: type[Model]) -> Model:
    """The file `name` beside `package`, as `model`. Raises `Invalid` naming file and field."""
    return parse(text_of(resources.files(package).joinpath(name)), model, name)


def text_of(file: Traversable) -> str:
    """What stands in a file of definitions. Raises `Invalid` naming the file where it is no text."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise Invalid(file.name, "This is not a text file in UTF-8. Save it as one.") from None


def parse(text: str, model: type[Model], name: str) -> Model:
    """One definition from its TOML text; `name` is the file that an error names.

    Numbers are never floats: 2.3 in a file is exactly 2.3, as somebody typed it.
    """
    try:
        return model.model_validate(content_of(text, name))
    except ValidationError as error:
        raise Invalid(name, _all(error, text)) from error


def content_of(text: str, name: str) -> dict[str, Any]:
    """The keys and values of a TOML text. Raises `Invalid` naming the file where it is none."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(name, "is not TOML: {error}.", error=error) from error


def _check_names(named: Sequence[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    for name, key in named:
        if key in first:
            sentence = later("key: {other} has the key {key} too. Give each file a key of its own.")
            raise Invalid(name, sentence, other=first[key], key=key)
        first[key] = name
    for key, name in first.items():
        if name != f"{key}.toml":
            sentence = later("key: It is {key}: call the file {key}.toml, or put the key right.")
            raise Invalid(name, sentence, key=key)


def _all(error: ValidationError, text: str) -> str:
    # Every complaint at once: a misspelt key is both a missing one and an unknown one.
    return "; ".join(_said(found, text) for found in error.errors()) + "."


def _said(found: ErrorDetails, text: str) -> str:
    place = _place(found)
    line = line_of(text, place)
    where = ".".join(map(str, place)) or "the file"
    return f"{where}{f' (line {line})' if line else ''}: {found['msg'].removeprefix('Value error, ')}"


def _place(found: ErrorDetails) -> Place:
    # What contradicts something elsewhere in the file knows its own place; what has the wrong shape stands at it.
    cause = found.get("ctx", {}).get("error")
    return (*found["loc"], *cause.place) if isinstance(cause, Misplaced) else found["loc"]
