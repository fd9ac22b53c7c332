"""What is taken away of state folders that are whole: copies, moves, backups, and of what a database holds."""

from prove.taken import taken

_FOLDER = "unit/test_state_folder.py::"
_BACKUP = "unit/test_backup.py::"
_KIND = "unit/test_installation.py::"

FOLDERS = (
    taken(
        "S-A1a",
        "a state folder names where it was made, and its copy works on the original's data",
        (
            "store/embedded_place.py",
            '    home = state_home / "postgres"\n',
            '    note = state_home / "postgres" / "absolute"\n'
            "    if note.parent.exists() and not note.exists():\n"
            "        note.write_text(str(note.parent))\n"
            "    home = Path(note.read_text()) if note.exists() else note.parent\n",
        ),
        f"{_FOLDER}test_nothing_in_a_state_folder_is_absolute",
        f"{_FOLDER}test_a_copy_works_on_itself[as-it-is]",
    ),
    taken(
        "S-A1b",
        "data lie outside, under a name made of the folder's: a moved folder has lost them",
        (
            "store/embedded_place.py",
            '        return self.home / "data"\n',
            '        return self.home.parent.with_name(f"data-of-{self.home.parent.name}")\n',
        ),
        f"{_FOLDER}test_a_moved_folder_goes_on",
        ends_in="DatabaseError",
    ),
    taken(
        "S-A1c",
        "data that are lost are made anew under a password that is still there",
        ("store/embedded.py", "    if has_password and not has_data:\n", "    if False:\n"),
        f"{_FOLDER}test_a_password_is_never_overwritten",
    ),
    taken(
        "S-A1d",
        "what removes a copy removes the data that its note names, whosesoever they are",
        ("store/embedded_before.py", "note.exists() and note.read_text().strip() == str(own) and own", "note"),
        f"{_FOLDER}test_copy_of_a_folder_with_data_outside",
        also=[
            (
                "store/embedded_before.py",
                '        _end_server(own / "data")\n        shutil.rmtree(own)\n',
                "        shutil.rmtree(note.read_text().strip(), ignore_errors=True)\n",
            )
        ],
    ),
    taken(
        "S-A1e",
        "a copy that was taken while its server ran is begun as if it were whole",
        (
            "store/embedded_process.py",
            "    if note.read_text().strip() != str(place.data.stat().st_ino):\n",
            "    if False:\n",
        ),
        f"{_FOLDER}test_a_copy_of_a_running_server_is_refused",
    ),
    taken(
        "S-A1f",
        "the number in a copied file makes the original's server the copy's",
        ("store/embedded_process.py", "        if mark_of(place).encode() in words:\n", "        if words:\n"),
        f"{_FOLDER}test_a_copy_of_a_running_server_is_refused",
    ),
    taken(
        "S-A1g",
        "a folder works on whatever database is named, also on another installation's",
        ("store/identity.py", "    if stored is None or stored == own:\n", "    if True:\n"),
        f"{_KIND}test_a_folder_on_anothers_database[embedded]",
        f"{_KIND}test_files_without_an_id_on_a_database_with_one[embedded]",
    ),
    taken(
        "S-A1h",
        "an empty database is begun below files that arrived",
        (
            "store/identity.py",
            "    if stored is None and not is_loaded and _holds_files(settings):\n",
            "    if False:\n",
        ),
        f"{_KIND}test_files_whose_database_was_lost[embedded]",
    ),
    taken(
        "S-A1i",
        "a backup leaves out what was received",
        ("pipeline/backup_files.py", 'KEPT = ("raw", ', "KEPT = ("),
        f"{_BACKUP}test_restored_elsewhere[embedded]",
    ),
    taken(
        "S-A1j",
        "a backup holds what nobody has looked at",
        ("pipeline/backup_files.py", 'KEPT = ("raw", ', 'KEPT = ("raw", "quarantine", "held", "closed", '),
        f"{_BACKUP}test_restored_elsewhere[embedded]",
    ),
    taken(
        "S-A1k",
        "a restore that was cut short leaves a folder that works as if it were whole",
        ("store/identity.py", "    if (settings.home / RESTORING).exists():\n", "    if False:\n"),
        f"{_BACKUP}test_a_restore_that_was_cut_short[embedded]",
    ),
    taken(
        "S-A1l",
        "a backup that was changed is restored",
        (
            "pipeline/backup_files.py",
            "file.is_file() and sha256_of(file) == digest",
            "file.is_file()",
        ),
        f"{_BACKUP}test_a_backup_that_was_changed[embedded]",
    ),
    taken(
        "S-A1m",
        "Airflow's database is made with the first start alone, and never again once it was lost",
        ("store/embedded.py", "        _create_databases_or_stop(place)\n", "        _create_once(place)\n"),
        f"{_BACKUP}test_a_lost_airflow_database",
        also=[
            (
                "store/embedded.py",
                "def _create_databases_or_stop(",
                "def _create_once(place: ServerPlace) -> None:\n"
                '    if not (place.home / "made").exists():\n'
                "        _create_databases_or_stop(place)\n"
                '    (place.home / "made").touch()\n\n\n'
                "def _create_databases_or_stop(",
            )
        ],
    ),
    taken(
        "S-A2a",
        "a demonstration on an installation is refused after it has written",
        ("commands/demonstrate.py", "    pipeline.require_no_installation(settings)\n", ""),
        f"{_KIND}test_a_demonstration_is_refused_on_an_installation[embedded]",
    ),
    taken(
        "S-A2b",
        "a manifest that a refused demonstration left makes real receipts made-up ones",
        ("pipeline/installation.py", " and first is not None and first <= begins_at + _NEAR", ""),
        f"{_KIND}test_a_demonstration_of_before_is_carried_over[refused-embedded]",
    ),
    taken(
        "S-A2c",
        "whether all is made up is told by a file, not by the database",
        (
            "pipeline/context.py",
            "kind_of(opened) is Kind.DEMONSTRATION:",
            "settings.demonstration_manifest.exists():",
        ),
        "unit/test_stages.py::test_a_demonstration_has_an_inbox_of_its_own[embedded]",
    ),
    taken(
        "S-A2d",
        "the last word on what a database holds stands, and a demonstration becomes an installation",
        (
            "sql/queries/installation/kind.sql",
            "        installation_kind\n",
            "        installation_kind\n    where false\n",
        ),
        f"{_KIND}test_the_first_mark_stands[embedded]",
    ),
    taken(
        "S-A2e",
        "files that wait in an inbox are no installation",
        ("pipeline/installation.py", " or first is not None or has_post:", " or first is not None:"),
        f"{_KIND}test_files_that_wait_are_somebodys[embedded]",
    ),
)
