"""An address becomes an inbox: a folder of this machine, an SFTP server or an object store."""

import contextlib
from collections.abc import Iterator

from resolution_monitor.collect.local_place import LocalPlace
from resolution_monitor.collect.place import Place
from resolution_monitor.settings import Settings, is_local, local_path


@contextlib.contextmanager
def open_place(settings: Settings, address: str) -> Iterator[Place]:
    """
    An inbox by its path or URL.

    Raises:
        InboxError: Its server cannot be reached, or the setting of its password is wrong.
    """
    if is_local(address):
        yield LocalPlace(local_path(address))
        return
    # Imported only here: most installations have their inbox on this machine.
    from resolution_monitor.collect.remote_place import remote_place

    place = remote_place(address, settings.options_of(address))
    try:
        yield place
    finally:
        place.close()
