"""What goes back to a sender: receipts and answers, in a folder of the outbox that bears the sender's name."""

from pathlib import Path

from resolution_monitor.errors import storage_error


def put_back(outbox: Path, sender_id: str, name: str, content: bytes) -> Path:
    """
    Lay a file into a sender's folder, whole or not at all. The same content again changes nothing.

    Raises:
        StorageError: The folder cannot be written.
    """
    folder = outbox / sender_id
    path, partial = folder / name, folder / f".{name}.part"
    try:
        if path.exists() and path.read_bytes() == content:
            return path
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise storage_error(folder, error) from error
    return path
