"""Looking for words in files that somebody stole: as they were said, and in whatever else passes for hiding them."""

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def spellings(word: str) -> dict[str, bytes]:
    """A word as bytes that a thief would try. Base64 has three forms, by where in a text the word begins."""
    plain = word.encode()
    found = {"utf-8": plain, "utf-16": word.encode("utf-16-le"), "utf-16, big end first": word.encode("utf-16-be")}
    found |= {"hexadecimal": plain.hex().encode(), "hexadecimal, capitals": plain.hex().upper().encode()}
    found |= {"backwards": plain[::-1], "json": "".join(f"\\u{ord(one):04x}" for one in word).encode()}
    for shift in range(3):
        coded = b64encode(b"\0" * shift + plain)
        # What stands before or after the word in a text changes the first and the last letters.
        found[f"base64, {shift}"] = coded[(0, 2, 3)[shift] : len(coded) - len(coded) % 4 - 4]
    return found


def found_in(files: Iterable[Path], words: Iterable[str]) -> Iterator[str]:
    """Where any of the words can be read."""
    looked_for = {word: spellings(word) for word in words}
    for file in files:
        try:
            content = file.read_bytes()
        except FileNotFoundError:  # a server at work takes some of its own files away
            continue
        for name, bytes_ in (("", content), (" unpacked", _unpacked(content))):
            for word, forms in looked_for.items():
                yield from (f"{word} ({form}) in {file.name}{name}" for form, one in forms.items() if one in bytes_)


def _unpacked(content: bytes) -> bytes:
    """Whatever in it was packed by zlib, as a dump or a large value of PostgreSQL may be."""
    found = []
    for head in (b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
        place = content.find(head)
        while place >= 0:
            with suppress(zlib.error):
                found.append(zlib.decompressobj().decompress(content[place:]))
            place = content.find(head, place + 1)
    return b"".join(found)
