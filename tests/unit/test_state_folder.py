"""A state folder that is copied, moved or left behind works on itself, or says in one sentence what to do."""

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from resolution_monitor.errors import DatabaseError
from resolution_monitor.store import embedded, embedded_before
from resolution_monitor.store.closed_folder import close_to_others

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")


def told(place: embedded.ServerPlace, statement: str) -> list[tuple[object, ...]]:
    """What a server answers; nothing where it answers no rows."""
    connection = psycopg2.connect(embedded.url_of(place, embedded.DATABASE))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def words_in(home: Path) -> list[object]:
    """The words that were written into the database of a state folder."""
    with embedded.serving(home) as place:
        return [row[0] for row in told(place, "select word from said order by word")]


def say(home: Path, word: str) -> None:
    with embedded.serving(home) as place:
        told(place, f"insert into said values ('{word}')")


@pytest.fixture(scope="module")
def stencil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped state folder below a folder that is closed to everybody else; tests copy it."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    with embedded.serving(closed / "state") as place:
        told(place, "create table said as select 'first' as word")
    return closed / "state"


@pytest.fixture
def original(stencil: Path, tmp_path: Path) -> Iterator[Path]:
    """A state folder as its owner has it."""
    home = tmp_path / "original"
    shutil.copytree(stencil, home, symlinks=True)
    yield home
    embedded.remove(home)


def copied(home: Path, to: Path, *how: str) -> Path:
    subprocess.run(["cp", *how, str(home), str(to)], check=True)
    return to


def test_nothing_in_a_state_folder_is_absolute(stencil: Path):
    """
    No file names the folder it lies in, or a place outside where its data would lie.
    """
    files = [path for path in stencil.rglob("*") if path.is_file() and not path.is_symlink()]
    named = [path.name for path in files if str(stencil).encode() in path.read_bytes()]

    assert [] == named
    assert (stencil / "postgres" / "data" / "PG_VERSION").exists()
    assert [] == [path for path in stencil.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("how", [("-a",), ("-r",)], ids=["as-it-is", "as-new-files"])
def test_a_copy_works_on_itself(original: Path, tmp_path: Path, how: tuple[str, ...]):
    """
    What is written in a copy does not stand in the original, nor the other way round.
    """
    copy = copied(original, tmp_path / "copy", *how)
    say(copy, "in the copy")
    say(original, "in the original")

    assert ["first", "in the copy"] == words_in(copy)
    assert ["first", "in the original"] == words_in(original)


def test_removing_a_copy_spares_the_original(original: Path, tmp_path: Path):
    """
    What cleans a copy takes nothing from the folder it was copied from.
    """
    copy = copied(original, tmp_path / "copy", "-a")
    embedded.remove(copy)

    assert ["first"] == words_in(original)


def test_a_moved_folder_goes_on(original: Path, tmp_path: Path):
    """
    A folder under another name has its rows and its password.
    """
    password = (original / "postgres" / "password").read_text()
    moved = original.rename(tmp_path / "moved")

    assert ["first"] == words_in(moved)
    assert password == (moved / "postgres" / "password").read_text()
    embedded.remove(moved)


def test_a_copy_of_a_running_server_is_refused(original: Path, tmp_path: Path):
    """
    A copy that was taken while the server ran may be torn: it is refused with what to do, and the original goes on.
    """
    with embedded.serving(original) as place:
        copy = copied(original, tmp_path / "copy", "-a")
        with pytest.raises(DatabaseError, match=r"was copied while its database was running.*backup"):
            say(copy, "in the copy")
        rows = told(place, "select word from said")
    with pytest.raises(DatabaseError, match="was copied while its database was running"):
        say(copy, "after the original was stopped")

    assert [("first",)] == rows


def test_a_password_is_never_overwritten(original: Path):
    """
    Data that are lost are not made anew under a password that is still there.
    """
    password = (original / "postgres" / "password").read_text()
    shutil.rmtree(embedded.find_place(original).data)
    with pytest.raises(DatabaseError, match=r"has no database.*restore"):
        say(original, "into nothing")

    assert password == (original / "postgres" / "password").read_text()


def test_data_without_a_password(original: Path):
    """
    A database whose password is lost is refused at once, with what to do.
    """
    (original / "postgres" / "password").unlink()

    with pytest.raises(DatabaseError, match=r"nobody has its password.*restore"):
        say(original, "without a password")


def kept_outside(home: Path, path_of_owner: Path) -> Path:
    """The state folder as it was written before: its data outside, under a name made from a path."""
    place = embedded.find_place(path_of_owner)
    outside = embedded_before.outside(place)
    outside.parent.mkdir(parents=True, exist_ok=True)
    outside.mkdir()
    (home / "postgres" / "data").rename(outside / "data")
    (home / "postgres" / "place").write_text(str(outside))
    return outside


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_before, "SHARED", tmp_path / "lib")


@pytest.mark.usefixtures("shared")
def test_data_kept_outside_are_taken_in(original: Path):
    """
    A state folder of before is taken over with its rows, and nothing stays outside.
    """
    outside = kept_outside(original, original)

    assert ["first"] == words_in(original)
    assert not outside.exists()
    assert not (original / "postgres" / "place").exists()


@pytest.mark.usefixtures("shared")
def test_copy_of_a_folder_with_data_outside(original: Path, tmp_path: Path):
    """
    Its copy is refused with what to do, removes nothing of the original's, and loses nothing once that has moved in.
    """
    outside = kept_outside(original, original)
    copy = copied(original, tmp_path / "copy", "-a")
    password = (copy / "postgres" / "password").read_text()
    with pytest.raises(DatabaseError, match=f"its database lies in {outside}; if it was moved, call mv"):
        say(copy, "in the copy")
    embedded.remove(copied(copy, tmp_path / "removed", "-a"))
    assert (outside / "data" / "PG_VERSION").exists()
    assert ["first"] == words_in(original)

    with pytest.raises(DatabaseError, match="has no database"):
        say(copy, "in the copy")
    assert password == (copy / "postgres" / "password").read_text()


@pytest.mark.usefixtures("shared")
def test_data_of_a_removed_state_folder(original: Path):
    """
    Data kept outside whose password went with their state folder are refused at once, with what to do.
    """
    kept_outside(original, original)
    shutil.rmtree(original)

    with pytest.raises(DatabaseError, match="a state folder that was removed"):
        say(original, "without a password")


def test_a_number_that_is_another_process_by_now(original: Path):
    """
    After a crash the number in the data may be anybody's: it keeps the server from starting no longer.
    """
    words_in(original)
    data = embedded.find_place(original).data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n/old\n0\n5432\n\n127.0.0.1\n  1  1\nready   \n")

    assert ["first"] == words_in(original)


def test_a_state_folder_is_closed(tmp_path: Path):
    """
    A state folder that was open to everybody is closed, and what lies in it; a folder that others use, too, is not.
    """
    homes = {name: tmp_path / name for name in ("state", "shared")}
    for home in homes.values():
        for folder in (home, home / "outbox", home / "briefings", home / "inbox"):
            folder.mkdir()
            folder.chmod(0o755)
    (homes["shared"] / "photos").mkdir()
    for home in homes.values():
        close_to_others(home)
    modes = {
        name: [stat.S_IMODE(folder.stat().st_mode) for folder in (home, home / "outbox", home / "briefings")]
        for name, home in homes.items()
    }

    assert {"state": [0o700] * 3, "shared": [0o755, 0o700, 0o700]} == modes
