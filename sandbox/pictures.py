"""Draws the pictures that the sandbox needs: a parcel at a door, as PNG."""

import hashlib
import struct
import zlib

_WIDTH, _HEIGHT = 320, 240
_WALL = (214, 205, 192)
_STEP = (150, 146, 140)
_PARCEL = (190, 140, 84)
_TAPE = (226, 196, 140)
_KNOB = (235, 215, 120)
_DOORS = ((46, 84, 74), (122, 44, 44), (40, 62, 104), (92, 74, 44), (70, 50, 92))

_Box = tuple[int, int, int, int]


def draw_proof(delivery_id: str) -> bytes:
    """Return a picture of a parcel at a door; the door's colour depends on the delivery."""
    digest = hashlib.sha256(delivery_id.encode()).digest()
    door = _DOORS[digest[0] % len(_DOORS)]
    shift = digest[1] % 60
    boxes: list[tuple[_Box, tuple[int, int, int]]] = [
        ((0, 0, _WIDTH, 200), _WALL),
        ((0, 200, _WIDTH, _HEIGHT), _STEP),
        ((90, 20, 230, 205), door),
        ((212, 110, 222, 120), _KNOB),
        ((110 + shift, 150, 190 + shift, 215), _PARCEL),
        ((146 + shift, 150, 154 + shift, 215), _TAPE),
    ]
    rows = [bytearray(_WIDTH * 3) for _ in range(_HEIGHT)]
    for (left, top, right, bottom), colour in boxes:
        for row in rows[top:bottom]:
            row[left * 3 : right * 3] = bytes(colour) * (right - left)
    return _encode_png(rows)


def _encode_png(rows: list[bytearray]) -> bytes:
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
