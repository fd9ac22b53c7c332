"""What is taken away of closed-in children, of roots of inboxes, of roles, and of cells that can be read in two ways."""

from prove.taken import taken

_BOX = "hostile/test_sandbox.py::"
_INBOX = "unit/test_manual_inboxes.py::"
_HELD = "sql/test_append_only.py::"
_TWO = "hostile/test_two_readings.py::"
_ODD = "unit/test_odd_letters.py::"
_AUDIT = "unit/test_audit.py::"
_READS_FOR_ALL = "grant select on %s to monitor_service, monitor_reader', one.table_oid"

CLOSED_IN = (
    taken(
        "S-D1a",
        "a reader may make any call of the kernel",
        ("sandbox/confine.py", "        call_filter.install(needs.calls)\n", "        pass\n"),
        f"{_BOX}test_root_below_a_closed_folder",
    ),
    taken(
        "S-D1b",
        "a renderer reads any file",
        ("sandbox/confine.py", "        landlock.restrict(rules)\n", "        pass\n"),
        f"{_BOX}test_root_below_a_closed_folder",
    ),
    taken(
        "S-D1c",
        "PostgreSQL runs as the reader's account",
        (
            "sandbox/confine.py",
            "READER_UID = 65533\n",
            "import pwd as _pwd\n\n"
            'READER_UID = dict(sorted((one.pw_name == "postgres", one.pw_uid) for one in _pwd.getpwall()\n'
            '    if one.pw_name in ("postgres", "nobody"))[-1:])\nREADER_UID = max(READER_UID.values())\n',
        ),
        f"{_BOX}test_no_server_runs_as_the_reader",
    ),
    taken(
        "S-D1d",
        "where the kernel closes nothing, foreign files are read all the same",
        ("sandbox/forks.py", "not protections.is_any and not allows_unprotected", "False"),
        f"{_BOX}test_kernel_without_anything",
        ends_in="KeyError",
    ),
    taken(
        "S-D1e",
        "a file meets the process that met another sender's",
        (
            "sandbox/forks.py",
            "        if fork is None or not fork.may_read_more_of(whose):\n",
            "        if fork is None:\n",
        ),
        f"{_BOX}test_a_sender_changes_nothing_of_another",
    ),
    taken(
        "S-D1f",
        "the doctor does not say which protections hold a child",
        ("airflow_host/examine_children.py", "one.protections.words", '""'),
        f"{_BOX}test_doctor_tells_what_holds",
    ),
    taken(
        "S-D2a",
        "a run's parameter reaches any folder of the host",
        ("pipeline/stages.py", "    if settings.inbox_roots is not None:\n", "    if False:\n"),
        f"{_INBOX}test_folder_of_the_host_is_refused[embedded]",
    ),
    taken(
        "S-D2b",
        "a link below a root leads out of it",
        ("addresses.py", "os.path.realpath(local_path(address)) if", "str(local_path(address)) if"),
        f"{_INBOX}test_ways_around_a_root[link-embedded]",
    ),
    taken(
        "S-D2c",
        "whoever may write into one sender's folder speaks for any body",
        ("addresses.py", "    if _is_below(address, configured):\n", "    if False:\n"),
        f"{_INBOX}test_folder_of_a_sender_is_no_inbox[embedded]",
    ),
    taken(
        "S-D2d",
        "files of a folder that a run names are removed",
        ("pipeline/collect.py", "KeptPlace(opened) if is_manual else opened", "opened"),
        f"{_INBOX}test_folder_below_a_root[embedded]",
        also=[("pipeline/collect.py", "settings.removes_taken and not is_manual:", "settings.removes_taken:")],
    ),
    taken(
        "S-D2e",
        "without a root named a task reads whatever its form names",
        ("airflow_host/task_settings.py", "settings.inbox_roots or ()", "settings.inbox_roots"),
        f"{_INBOX}test_tasks_of_airflow_always_ask",
    ),
)

ROLES = (
    taken(
        "S-D4a",
        "a state folder stays open to other accounts",
        ("store/closed_folder.py", "            _close(home)\n", "            pass\n"),
        "unit/test_state_folder.py::test_a_state_folder_is_closed",
    ),
    taken(
        "S-D4b",
        "outbox and briefings stay open to other accounts",
        ("store/closed_folder.py", "            _close(home / name)\n", "            pass\n"),
        "unit/test_state_folder.py::test_a_state_folder_is_closed",
    ),
    taken(
        "S-D4c",
        "the service works as the owner of all tables",
        ("store/connect.py", "        work_as(engine, role, SCHEMA)\n", ""),
        f"{_HELD}test_service_reads_and_appends_only[embedded]",
        f"{_HELD}test_a_purge_is_over_with_its_transaction[embedded]",
    ),
    taken(
        "S-D4d",
        "what was said can be changed by whoever owns the tables",
        (
            "sql/migrations/0035_hold_append_only.sql",
            "current_setting('monitor.purging', true) is distinct from 'on'",
            "current_setting('monitor.purging', true) = 'never'",
        ),
        f"{_HELD}test_owner_changes_nothing_by_mistake[embedded]",
    ),
    taken(
        "S-D4e",
        "the service may update and delete what is append-only",
        (
            "sql/migrations/0035_hold_append_only.sql",
            "'grant insert on %s to monitor_service'",
            "'grant insert, update, delete on %s to monitor_service'",
        ),
        f"{_HELD}test_service_reads_and_appends_only[embedded]",
    ),
    taken(
        "S-D4f",
        "the reader may write",
        (
            "sql/migrations/0035_hold_append_only.sql",
            _READS_FOR_ALL,
            _READS_FOR_ALL.replace("select", "select, insert, update, delete"),
        ),
        f"{_HELD}test_reader_reads_only[embedded]",
    ),
    taken(
        "S-D4g",
        "a table that a later migration brings is held by nothing",
        (
            "sql/migrations/0035_hold_append_only.sql",
            "from held_table where not has_trigger and not is_derived loop",
            "from held_table where not has_trigger and not is_derived and table_name <> 'said' loop",
        ),
        f"{_HELD}test_every_table_is_held[embedded]",
    ),
    taken(
        "S-D4i",
        "a command that only asks may write",
        ("commands/opened.py", "_opened(period, as_of, reads_only=True)", "_opened(period, as_of, reads_only=False)"),
        "unit/test_reading_commands.py::test_whoever_asks_can_write_nothing[embedded]",
    ),
    taken(
        "S-D4h",
        "Airflow's login is the owner of the server",
        (
            "store/embedded_airflow.py",
            '    url = _with_login(ours, _password(place.home / "airflow_password"))\n',
            "    return ours\n",
        ),
        "unit/test_airflow_login.py::test_airflow_has_a_login_of_its_own[embedded]",
    ),
)

READINGS = (
    *(
        taken(
            f"S-D5{letter}",
            what,
            ("collect/cell_writing.py", place, without),
            *(f"{_TWO}test_two_readings_are_refused[{name}]" for name in names),
        )
        for letter, what, place, without, names in (
            (
                "a",
                "of two values in a cell the last is stored",
                "        if len(_VALUES.findall(cell)) > 1 or",
                "        if",
                ("two values", "two texts"),
            ),
            (
                "b",
                "of two tables of cells one is read",
                '    if xml.count(b"sheetData") > 2 and',
                "    if False and",
                ("a second table",),
            ),
            (
                "c",
                "a number written in references is read by one program and not by another",
                "(_REFERENCE.search(cell) or",
                "(",
                ("a reference for a digit", "a reference at the end", "a reference in an index"),
            ),
        )
    ),
    taken(
        "S-D5d",
        "the text with number -1, which no program can read alike, ends the reader",
        (
            "collect/read_child.py",
            "    except (python_calamine.CalamineError, python_calamine.ZipError,",
            "    except (python_calamine.ZipError,",
        ),
        f"{_TWO}test_two_readings_are_refused[index -1]",
    ),
    taken(
        "S-D5e",
        "a sum that does not add up is stored and not told",
        (
            "collect/recompute.py",
            "        if not math.isclose(stored, reckoned, rel_tol=_NEAR, abs_tol=_NEAR_ZERO):\n",
            "        if False:\n",
        ),
        f"{_TWO}test_a_stored_result_is_held_against_its_formula",
        f"{_TWO}test_a_result_of_opendocument_is_held_against_its_formula",
    ),
    taken(
        "S-D5f",
        "nor is that of an .xls",
        (
            "collect/guard_ole.py",
            "            if self._reckons and (formula := formula_of(body)):\n",
            '            if formula := "":\n',
        ),
        f"{_TWO}test_a_result_of_an_old_workbook_is_held_against_its_formula",
    ),
    taken(
        "S-D5g",
        "an .xls that stores numbers as they are shown is told of every rounded sum",
        ("collect/guard_ole.py", "            self._reckons = False  #", "            pass  #"),
        f"{_TWO}test_a_result_of_an_old_workbook_is_held_against_its_formula",
    ),
    taken(
        "S-D6a",
        "findings as CSV hold =cmd|...",
        (
            "commands/output.py",
            "        safe = plain.apply(lambda column: column.map(_kept_text))\n",
            "        safe = plain\n",
        ),
        "unit/test_formula_text.py::test_tables_of_commands[+1+1]",
        "unit/test_formula_text.py::test_tables_of_commands[@SUM(A1)]",
    ),
    taken(
        "S-D6b",
        "a letter with thirty marks is printed as it is",
        (
            "collect/odd_letters.py",
            '    return bool(_TWO_MARKS.search(text) and _PILE.search(unicodedata.normalize("NFD", text)))\n',
            "    return False\n",
        ),
        f"{_ODD}test_odd_letters_are_told[pile]",
    ),
    taken(
        "S-D6c",
        "a sign that nobody can print is told to nobody",
        ("collect/odd_letters.py", "    if _UNPRINTED.search(text):\n", "    if False:\n"),
        f"{_ODD}test_odd_letters_are_told[emoji]",
        f"{_ODD}test_odd_letters_are_told[Chinese]",
    ),
    taken(
        "S-D6d",
        "an emoji pulls a font of the machine into the PDF",
        (
            "brief/render_pdf.py",
            '        environment = {**child_environment(folder), "FONTCONFIG_FILE": str(told)}\n',
            '        own = __import__("os").environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")\n'
            '        environment = {**child_environment(folder), "FONTCONFIG_FILE": own}\n',
        ),
        f"{_ODD}test_no_font_of_the_machine_enters_a_page",
        also=[
            (
                "brief/render_pdf.py",
                "_FONT_FOLDER: READ, Path(tempfile",
                'Path("/usr"): READ, Path("/etc"): READ, Path("/tmp"): READ, _FONT_FOLDER: READ, Path(tempfile',
            )
        ],
    ),
    taken(
        "S-D7a",
        "a package under the AGPL passes the audit",
        ("setup/audit.py", "        elif not one.is_allowed:\n", "        elif False:\n"),
        f"{_AUDIT}test_licences[AGPL]",
        f"{_AUDIT}test_licences[GPL only]",
    ),
    taken(
        "S-D7b",
        "what is known against a package is not told",
        ("setup/audit.py", "    problems += [f", "    _ = [f"),
        f"{_AUDIT}test_what_is_known_is_told",
    ),
    taken(
        "S-D7c",
        "advisories that nobody could ask are advisories that know nothing",
        (
            "setup/audit.py",
            'f"advisories: NOT LOOKED AT: {address} cannot be asked ({error}); run it again where it can be reached"',
            '"advisories: no known vulnerabilities"',
        ),
        f"{_AUDIT}test_nobody_to_ask_is_told",
    ),
    taken(
        "S-D7d",
        "a part under the MPL is named nowhere",
        ("setup/audit.py", "        elif one.is_weak and not re.search(", "        elif False and not re.search("),
        f"{_AUDIT}test_licences[MPL]",
    ),
)
