"""Reads definition files: TOML, exact numbers, and an error that names the file and the field."""

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any, TypeVar

from pydantic import ValidationError

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
        raise Invalid(name, _all(error)) from error


def _all(error: ValidationError) -> str:
    # Every complaint at once: a misspelt key is both a missing one and an unknown one.
    problems = [(".".join(map(str, found["loc"])), found["msg"]) for found in error.errors()]
    return "; ".join(f"{where or 'the file'}: {what}" for where, what in problems) + "."
