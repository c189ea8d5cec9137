"""The words of each shipper: the house's with its own in their place, read once a version."""

from threading import Lock

from bot.wording.catalogue import Catalogue
from deliveries.ports import UnitOfWork
from deliveries.services.wordings.writing import current_texts


class OwnWordings:
    """Catalogues by shipper; they hold until anybody writes words anew, in whichever process."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Start from the house's words."""
        self._house = catalogue
        self._seq = 0
        self._catalogues: dict[str, Catalogue] = {}
        self._changing = Lock()

    def of(self, work: UnitOfWork, shipper_id: str) -> Catalogue:
        """Return the words by which a shipper's notices are said."""
        newest = work.own_wordings.newest_seq()
        if newest == 0:
            return self._house
        with self._changing:
            if newest != self._seq:
                self._seq, self._catalogues = newest, {}
            known = self._catalogues.get(shipper_id)
        if known is not None:
            return known
        texts = current_texts(work.own_wordings.of_shipper(shipper_id))
        catalogue = self._house.with_own(texts) if texts else self._house
        with self._changing:
            if newest == self._seq:
                self._catalogues[shipper_id] = catalogue
        return catalogue
