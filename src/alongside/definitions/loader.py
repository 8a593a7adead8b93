"""Reads definition files: TOML, exact numbers, and an error that names the file, the field and its line."""

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alongside.definitions.faults import Misplaced, Place
from alongside.definitions.lines import line_of
from alongside.definitions.provenance import Content
from alongside.kernel.errors import Invalid

Model = TypeVar("Model", bound=Content)


def load_all(package: str, model: type[Model]) -> tuple[Model, ...]:
    """Every `*.toml` beside `package`, by file name, as `model`. Raises `Invalid` naming file and field."""
    files = sorted(resources.files(package).iterdir(), key=lambda file: file.name)
    return tuple(parse(file.read_text("utf-8"), model, file.name) for file in files if file.name.endswith(".toml"))


def load_one(package: str, name: str, model: type[Model]) -> Model:
    """The file `name` beside `package`, as `model`. Raises `Invalid` naming file and field."""
    return parse(resources.files(package).joinpath(name).read_text("utf-8"), model, name)


def parse(text: str, model: type[Model], name: str) -> Model:
    """One definition from its TOML text; `name` is the file that an error names.

    Numbers are never floats: 2.3 in a file is exactly 2.3, as somebody typed it.
    """
    try:
        content: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
        return model.model_validate(content)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(name, "is not TOML: {error}.", error=error) from error
    except ValidationError as error:
        raise Invalid(name, _all(error, text)) from error


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
