"""Fetches the pictures that people sent in their chats with the bot."""

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.pictures import LARGEST_PICTURE
from deliveries.errors import InvalidInputError, NotFoundError, UnavailableError


class TelegramPictures:
    """The files of one bot."""

    def __init__(self, bot: Bot) -> None:
        """Ask by a client that others open and close."""
        self._bot = bot

    async def fetch(self, reference: str) -> bytes:
        """Return a picture's content; the reference is a file's id.

        Raises:
            NotFoundError: If Telegram does not keep it any more.
            InvalidInputError: If it is too large.
            UnavailableError: If Telegram does not answer.
        """
        try:
            file = await self._bot.get_file(reference)
            # Told beforehand: what is larger is not begun.
            if (file.file_size or 0) > LARGEST_PICTURE:
                raise InvalidInputError("picture")
            return bytes(await file.download_as_bytearray())
        except BadRequest as error:
            raise NotFoundError("picture") from error
        except TelegramError as error:
            raise UnavailableError(type(error).__name__) from error
