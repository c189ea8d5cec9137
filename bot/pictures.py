"""Pictures that people sent, fetched from their networks when somebody wants to see one.

None is kept: a network keeps it, and we keep by what it is asked for.
"""

from typing import Protocol

# As much as phones send by MMS, and larger than what Telegram makes of a photo.
LARGEST_PICTURE = 8 * 1024 * 1024
_KINDS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_RIFF, _WEBP, _RIFF_HEAD = b"RIFF", b"WEBP", 8


class PictureSource(Protocol):
    """A network that keeps what people sent over it."""

    async def fetch(self, reference: str) -> bytes:
        """Return a picture's content.

        Raises:
            NotFoundError: If the network does not keep it any more.
            InvalidInputError: If it is larger than ``LARGEST_PICTURE``.
            UnavailableError: If the network does not answer.
        """
        ...


def kind_of(content: bytes) -> str | None:
    """Return what a picture is by its first bytes, whatever anybody calls it; none: no picture."""
    if content.startswith(_RIFF) and content[_RIFF_HEAD:].startswith(_WEBP):
        return "image/webp"
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
