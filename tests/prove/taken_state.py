"""What is taken away of state folders, of the embedded server, and of what is said before work begins."""

from prove.taken import taken

_FOLDER = "unit/test_state_folder.py::"
_BACKUP = "unit/test_backup.py::"
_KIND = "unit/test_installation.py::"
_DIES = "unit/test_server_dies.py::"
_READY = "unit/test_readiness.py::"
_TYPED = "unit/test_commands.py::"

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
        f"{_KIND}test_a_folder_on_anothers_database",
        f"{_KIND}test_files_without_an_id_on_a_database_with_one",
    ),
    taken(
        "S-A1h",
        "an empty database is begun below files that arrived",
        (
            "store/identity.py",
            "    if stored is None and not is_loaded and _holds_files(settings):\n",
            "    if False:\n",
        ),
        f"{_KIND}test_files_whose_database_was_lost",
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
        f"{_KIND}test_a_demonstration_is_refused_on_an_installation",
    ),
    taken(
        "S-A2b",
        "a manifest that a refused demonstration left makes real receipts made-up ones",
        ("pipeline/installation.py", " and first is not None and first <= begins_at + _NEAR", ""),
        f"{_KIND}test_a_demonstration_of_before_is_carried_over[refused]",
    ),
    taken(
        "S-A2c",
        "whether all is made up is told by a file, not by the database",
        (
            "pipeline/context.py",
            "kind_of(opened) is Kind.DEMONSTRATION:",
            "settings.demonstration_manifest.exists():",
        ),
        "unit/test_stages.py::test_a_demonstration_has_an_inbox_of_its_own",
    ),
    taken(
        "S-A2d",
        "the last word on what a database holds stands, and a demonstration becomes an installation",
        (
            "sql/queries/installation/kind.sql",
            "        installation_kind\n",
            "        installation_kind\n    where false\n",
        ),
        f"{_KIND}test_the_first_mark_stands",
    ),
    taken(
        "S-A2e",
        "files that wait in an inbox are no installation",
        ("pipeline/installation.py", " or first is not None or has_post:", " or first is not None:"),
        f"{_KIND}test_a_demonstration_is_refused_where_files_wait",
    ),
)

SERVER = (
    taken(
        "S-A3a",
        "a command that meets a server that recovers is refused",
        (
            "store/patience.py",
            "            if time.monotonic() > deadline or not is_coming_up(error, refused_too=bring_back is not None):\n",
            "            if True:\n",
        ),
        f"{_DIES}test_commands_wait_for_a_server_that_recovers",
        ends_in="DatabaseError",
    ),
    taken(
        "S-A3b",
        "the server comes back on another port than its services were told",
        ("store/embedded_process.py", "[port for port in (_last_port(place),) if port] + ", ""),
        f"{_DIES}test_supervised",
        ends_in="ServicesError",
    ),
    taken(
        "S-A3c",
        "nobody notices that the embedded server died",
        (
            "airflow_host/database_watch.py",
            "        if embedded.server_pid(self._place) is not None:\n",
            "        if True:\n",
        ),
        f"{_DIES}test_supervised",
        ends_in="DatabaseError",
    ),
    taken(
        "S-A3d",
        "the doctor starts a server of its own and says ok",
        (
            "airflow_host/examine_stores.py",
            "    if settings.database_url is not None or condition.is_running:\n",
            "    if True:\n",
        ),
        "unit/test_doctor.py::test_looking_changes_nothing",
        also=[
            ("airflow_host/examine_stores.py", "with database_as_it_is(settings)", "with database(settings)"),
            ("airflow_host/examine_stores.py", "import database_as_it_is\n", "import database\n"),
        ],
    ),
    taken(
        "S-A3e",
        "the doctor does not say why the server does not run",
        ("ask/installation_stores.py", "    why = condition.complaint or killed\n", '    why = ""\n'),
        "unit/test_doctor.py::test_a_server_that_cannot_start_is_named",
        "unit/test_doctor.py::test_a_server_left_behind_is_left_alone",
    ),
    taken(
        "S-A3f",
        "`kill` ends a command and leaves its server",
        ("__main__.py", "            signal.signal(number, end)\n", "            pass\n"),
        f"{_DIES}test_a_command_that_is_ended_leaves_no_server[kill]",
    ),
)

BEGIN = (
    *(
        taken(
            f"S-A4{letter}",
            f"{what} is seen only when the work is under way",
            ("airflow_host/readiness.py", f"    if {condition}:\n", "    if False:\n"),
            f"{_READY}test_refused_before_it_begins[{name}]",
        )
        for letter, what, condition, name in (
            ("a", "a folder that cannot be written", "facts.unwritable", "unwritable"),
            ("b", "a full disk", "facts.free_bytes < FREE_BYTES_NEEDED", "full"),
            ("c", "a /dev/shm that cannot be written", "facts.shared_memory", "shared memory"),
            ("d", "that Pango lacks", "facts.missing_libraries", "no Pango"),
        )
    ),
    taken(
        "S-A4e",
        "half a gigabyte is fetched before anybody is told that Pango lacks",
        (
            "setup/set_up.py",
            '        ("Pango, which draws the PDF", provide_pango),\n'
            "        *(() if has_packages else _packages()),\n",
            '        *(() if has_packages else _packages()),\n        ("Pango, which draws the PDF", provide_pango),\n',
        ),
        f"{_READY}test_pango_comes_before_the_download",
    ),
    taken(
        "S-A4f",
        "a set-up that failed after the packages fetches them again",
        ("setup/set_up.py", "        *(() if has_packages else _packages()),\n", "        *_packages(),\n"),
        f"{_READY}test_packages_are_not_fetched_again",
    ),
    taken(
        "S-A4g",
        "that the packages have no room is seen in the middle of the download",
        ("setup/set_up.py", "        require_room(shutil.disk_usage(VENV).free)\n", "        pass\n"),
        f"{_READY}test_too_little_room_for_the_packages",
    ),
    taken(
        "S-A4h",
        "a full disk under the server is a database that cannot be reached",
        (
            "store/embedded_process.py",
            "    if said_since(place, heard, FULL_DISK_WORDS):\n",
            "    if False:\n",
        ),
        f"{_READY}test_why_the_server_did_not_start[full]",
        ends_in="DatabaseError",
    ),
    taken(
        "S-A4i",
        "so is a disk that is mounted read-only",
        (
            "store/embedded_process.py",
            "    if said_since(place, heard, _UNWRITABLE_WORDS):\n",
            "    if False:\n",
        ),
        f"{_READY}test_why_the_server_did_not_start[unwritable]",
        ends_in="DatabaseError",
    ),
    taken(
        "S-A4j",
        "a disk that fills up is a bug of ours",
        ("__main__.py", "        if error.errno not in {*NO_ROOM, errno.EROFS}:\n", "        if True:\n"),
        f"{_READY}test_a_disk_that_fills_up",
    ),
    taken(
        "S-A5a",
        "nobody says which of two state folders is used",
        ("__main__.py", '    if (PROJECT_ROOT / "var" / other).is_dir():\n', "    if False:\n"),
        f"{_TYPED}test_which_state_folder",
    ),
    taken(
        "S-A5b",
        "there is no --version",
        ("__main__.py", '"--version"', '"--which"'),
        f"{_TYPED}test_version",
    ),
    taken(
        "S-A5c",
        "the shell completes nothing",
        ("__main__.py", ', complete_var="_MONITOR_COMPLETE"', ""),
        f"{_TYPED}test_shell_completion",
    ),
    taken(
        "S-A5d",
        "byt is not BYT",
        ("commands/lazy_group.py", "            parameter.callback = _in_capitals\n", "            pass\n"),
        f"{_TYPED}test_codes_are_taken_in_any_case",
    ),
    taken(
        "S-A5e",
        "10/2026 is not known, and nobody says what was meant",
        ("period/kinds.py", "    meant = meant_by(name)\n", "    meant = None\n"),
        f"{_TYPED}test_a_period_written_otherwise[10/2026-2026-10]",
    ),
    taken(
        "S-A5f",
        "a body that is none is answered without those nearest to it",
        ("ledger/items.py", "write its code in catalogue/bodies{near}", "write its code in catalogue/bodies"),
        f"{_TYPED}test_codes_are_taken_in_any_case",
    ),
    taken(
        "S-A5g",
        "a code is cut where the terminal is narrow",
        ("commands/output.py", "        console.width = max(width, console.width)\n", ""),
        f"{_TYPED}test_a_code_is_never_cut",
    ),
    taken(
        "S-A5h",
        "run --period 2026-10 does not name the report it needs",
        ("commands/run.py", "        pipeline.require_report_of(settings, calendar, one)\n", ""),
        f"{_TYPED}test_the_report_that_a_period_needs",
    ),
)
