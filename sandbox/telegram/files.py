"""Files and photos kept by the stand-in."""

import secrets
import struct
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import bad_request

MAX_PHOTO_BYTES = 10 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB})
_MAX_SIDES = 10000


@dataclass(frozen=True)
class Photo:
    """A picture with its size in pixels."""

    file_id: str
    unique_id: str
    content: bytes
    width: int
    height: int
    path: str

    def sizes(self) -> list[dict[str, Any]]:
        """Return the array of ``PhotoSize``; the stand-in keeps only the original."""
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "width": self.width,
                "height": self.height,
                "file_size": len(self.content),
            }
        ]

    def file(self) -> dict[str, Any]:
        """Return the ``File``."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


class Files:
    """Photos by id and by path."""

    def __init__(self) -> None:
        self._photos: dict[str, Photo] = {}
        self._paths: dict[str, Photo] = {}

    def add_photo(self, content: bytes) -> Photo:
        """Keep a PNG or JPEG.

        Raises:
            RefusedMethodError: If it is empty, too big, or no picture.
        """
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > MAX_PHOTO_BYTES:
            raise bad_request("file is too big")
        width, height, suffix = _measure(content)
        if width + height > _MAX_SIDES:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        number = len(self._photos)
        photo = Photo(
            file_id="AgACAgQAAxkBAAI" + secrets.token_urlsafe(24),
            unique_id="AQAD" + secrets.token_urlsafe(8),
            content=content,
            width=width,
            height=height,
            path=f"photos/file_{number}.{suffix}",
        )
        self._photos[photo.file_id] = photo
        self._paths[photo.path] = photo
        return photo

    def by_id(self, file_id: str) -> Photo:
        """Return a photo.

        Raises:
            RefusedMethodError: If there is none with this id.
        """
        if not file_id:
            raise bad_request("file_id not specified")
        found = self._photos.get(file_id)
        if found is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return found

    def by_path(self, path: str) -> Photo | None:
        """Return the photo that is downloaded from this path."""
        return self._paths.get(path)


def _measure(content: bytes) -> tuple[int, int, str]:
    if content.startswith(_PNG) and len(content) > 24:  # noqa: PLR2004 - end of the IHDR sizes
        width, height = struct.unpack(">II", content[16:24])
        return width, height, "png"
    if content.startswith(_JPEG):
        position = 2
        while position + 9 < len(content) and content[position] == 0xFF:  # noqa: PLR2004 - marker
            length = struct.unpack(">H", content[position + 2 : position + 4])[0]
            if content[position + 1] in _JPEG_SIZES:
                height, width = struct.unpack(">HH", content[position + 5 : position + 9])
                return width, height, "jpg"
            position += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
