"""What is taken away of the embedded server's watch, of what is said before work begins, and of what may be typed."""

from prove.taken import taken

_DIES = "unit/test_server_dies.py::"
_UNDER_US = "unit/test_server_ends_under_us.py::"
_READY = "unit/test_readiness.py::"
_TYPED = "unit/test_commands.py::"

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
    taken(
        "S-A3g",
        "a server whose starter was killed has no databases for ever",
        (
            "store/embedded.py",
            "            _create_databases(place)  # whoever started it may have been killed before it did\n",
            "",
        ),
        f"{_UNDER_US}test_a_server_whose_starter_was_killed_gets_its_databases",
        ends_in="OperationalError",
    ),
    taken(
        "S-A3h",
        "whoever is stopped while the server starts leaves it behind",
        (
            "store/embedded.py",
            "    except BaseException:\n        _stop_unless_used(place, using)\n",
            "    except BaseException:\n",
        ),
        f"{_UNDER_US}test_whoever_is_stopped_while_it_starts_leaves_no_server[start]",
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
            '        ("Pango, which draws the PDF", provide_pango),\n        *(() if has_packages else _packages()),\n',
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
        f"{_READY}test_a_disk_that_fills_up_where_nobody_thought_of_it",
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
