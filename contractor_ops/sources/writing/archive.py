"""A zip with some parts exchanged: every other part keeps its very bytes, its place and its time."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FORM, _CENTRAL_FORM, _END_FORM = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_SIZES_FOLLOW, _ENCRYPTED, _ZIP64 = 0x08, 0x01, 0xFFFFFFFF


class NotCopied(Exception):
    """The archive is built in a way that is not understood."""


@dataclass(slots=True)
class _Entry:
    fields: list[int]
    """Of the central record, after its signature: flags stand at 2, method at 3, checksum and sizes at 6 to 8, offset at 15."""
    name: bytes
    extra: bytes
    comment: bytes
    content: bytes = b""

    @property
    def offset(self) -> int:
        return self.fields[15]


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with new content in these parts. Raises NotCopied."""
    entries, directory, tail = _read(data)
    by_offset = sorted(entries, key=lambda entry: entry.offset)
    pieces, length = [], 0
    for entry, following in zip(by_offset, [*by_offset[1:], None], strict=True):
        entry.content = data[entry.offset : following.offset if following else directory]
        name = entry.name.decode("utf-8" if entry.fields[2] & 0x800 else "cp437")
        if name in parts:
            _exchange(entry, parts[name])
        entry.fields[15] = length
        pieces.append(entry.content)
        length += len(entry.content)
    central = [_CENTRAL_FORM.pack(_CENTRAL, *entry.fields) + entry.name + entry.extra + entry.comment for entry in entries]
    size = sum(map(len, central))
    end = list(_END_FORM.unpack(tail[: _END_FORM.size]))
    end[5:7] = size, length
    return b"".join([*pieces, *central, _END_FORM.pack(*end), tail[_END_FORM.size :]])


def _read(data: bytes) -> tuple[list[_Entry], int, bytes]:
    """The entries in the order of the directory, where the directory begins, and what stands behind it."""
    end = data.rfind(_END)
    if end < 0 or len(data) - end < _END_FORM.size:
        raise NotCopied
    _, disk, _, _, count, size, directory, comment = _END_FORM.unpack_from(data, end)
    if disk or directory + size != end or end + _END_FORM.size + comment != len(data):
        raise NotCopied
    entries, at = [], directory
    for _ in range(count):
        entry, at = _read_entry(data, at)
        entries.append(entry)
    if at != end or len({entry.name.lower() for entry in entries}) != count or min((one.offset for one in entries), default=1):
        raise NotCopied
    return entries, directory, data[end:]


def _read_entry(data: bytes, at: int) -> tuple[_Entry, int]:
    if data[at : at + 4] != _CENTRAL:
        raise NotCopied
    fields = list(_CENTRAL_FORM.unpack_from(data, at)[1:])
    ends = [at := at + _CENTRAL_FORM.size, *(at := at + length for length in fields[9:12])]
    entry = _Entry(fields, *(data[one:two] for one, two in pairwise(ends)))
    if fields[2] & _ENCRYPTED or _ZIP64 in {fields[7], fields[8], entry.offset} or data[entry.offset : entry.offset + 4] != _LOCAL:
        raise NotCopied
    return entry, at


def _exchange(entry: _Entry, content: bytes) -> None:
    """New content for an entry, packed as it was."""
    method = entry.fields[3]
    if method == ZIP_DEFLATED:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
    elif method == ZIP_STORED:
        packed = content
    else:
        raise NotCopied
    entry.fields[2] &= ~_SIZES_FOLLOW
    entry.fields[6:9] = zlib.crc32(content), len(packed), len(content)
    version, flags, _, when, day = entry.fields[1:6]
    head = _LOCAL_FORM.pack(_LOCAL, version, flags, method, when, day, *entry.fields[6:9], len(entry.name), 0)
    entry.content = head + entry.name + packed
