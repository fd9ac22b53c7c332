"""What is taken away of what keeps senders from harming each other, and of what each is told."""

from prove.taken import taken

_BUDGETS = "unit/test_sender_budgets.py::"
_ARRIVALS = "unit/test_arrivals.py::"

SENDERS = (
    taken(
        "S-C1a",
        "a file of any size is copied",
        (
            "pipeline/taking.py",
            "[file for file in files if file.size_bytes > context.settings.limits.file_bytes]",
            "[]",
        ),
        f"{_BUDGETS}test_huge_file_stays_where_files_are_removed[embedded]",
    ),
    taken(
        "S-C1b",
        "one sender's many files go before everybody's",
        (
            "collect/budget.py",
            "        return is_first or (\n",
            "        return True or is_first or (\n",
        ),
        f"{_BUDGETS}test_sender_over_its_budget_waits[files-embedded]",
        f"{_BUDGETS}test_sender_over_its_budget_waits[bytes-embedded]",
    ),
    taken(
        "S-C1c",
        "one sender's slow files are read for ever",
        (
            "collect/budget.py",
            "self._seconds[sender_id] > self._limits.sender_seconds",
            "False",
        ),
        f"{_BUDGETS}test_sender_over_its_budget_waits[seconds-embedded]",
    ),
    taken(
        "S-C1d",
        "a collection takes as many files as there are",
        ("collect/budget.py", "self._files.total() >= limits.collection_files", "False"),
        f"{_BUDGETS}test_budget_of_the_collection[embedded]",
    ),
    taken(
        "S-C1e",
        "a sender whose files wait is not told",
        ("pipeline/collect.py", "        if files:\n", "        if False:\n"),
        f"{_BUDGETS}test_sender_over_its_budget_waits[files-embedded]",
    ),
    taken(
        "S-C1f",
        "one file that cannot be copied ends the collection of everybody",
        ("pipeline/taking.py", "    if failed and len(failed) == len(files):\n", "    if failed:\n"),
        f"{_BUDGETS}test_one_file_that_cannot_be_written_stops_nobody[embedded]",
        ends_in="StorageError",
    ),
    taken(
        "S-C1g",
        "a file that grows is copied as long as it grows",
        ("collect/local_place.py", "(most is None or copy.tell() <= most) and ", ""),
        f"{_BUDGETS}test_file_that_grows_while_it_is_copied",
    ),
    taken(
        "S-C2a",
        "what was refused is read again at every collection",
        (
            "sql/queries/normalise/submissions_to_read.sql",
            "        or catalogue_sha256 is distinct from %(catalogue_sha256)s\n",
            "        or %(catalogue_sha256)s::text is not null\n",
        ),
        f"{_BUDGETS}test_refused_file_is_not_read_again[embedded]",
    ),
    taken(
        "S-C2b",
        "the count of what was read takes the place of what lies in the inbox",
        ("pipeline/stages.py", 'read.pop("files")', 'read["files"]'),
        f"{_BUDGETS}test_counts_are_those_of_the_stage[embedded]",
    ),
    taken(
        "S-C3a",
        "a file that was held and accepted after all stays where refused files are let go",
        (
            "pipeline/normalise.py",
            "        move_to_raw(context.settings, (contents[number] for number in _accepted(outcomes)))\n",
            "",
        ),
        f"{_BUDGETS}test_file_accepted_after_all_lies_in_raw[embedded]",
    ),
    taken(
        "S-C3b",
        "a reader that somebody killed condemns its file",
        ("collect/read.py", '        if answer.get("from_outside"):\n', "        if False:\n"),
        f"{_BUDGETS}test_reader_killed_from_outside_is_asked_again[embedded]",
    ),
    taken(
        "S-C4a",
        "a run of a briefing answers nobody",
        ("pipeline/stages.py", "{**normalise(context, period), **_told(context)}", "{**normalise(context, period)}"),
        f"{_BUDGETS}test_every_run_answers[embedded]",
    ),
    taken(
        "S-C4b",
        "a receipt does not name the answer",
        ("pipeline/receipts.py", 'answer_name(row["first_name"]) if is_answered(context, row) else None', "None"),
        f"{_BUDGETS}test_receipt_names_the_answer_and_what_to_mend[embedded]",
    ),
    taken(
        "S-C4c",
        "a receipt does not list what to mend",
        ("pipeline/receipts.py", 'tuple(row["to_mend"])', "()"),
        f"{_BUDGETS}test_receipt_names_the_answer_and_what_to_mend[embedded]",
    ),
    taken(
        "S-C5a",
        "a sender's folder that is a link is passed by without a word",
        ("collect/inbox.py", "    _tell_skipped(None, root)\n", ""),
        f"{_ARRIVALS}test_what_is_passed_by_is_logged[embedded]",
    ),
    taken(
        "S-C5b",
        "so are its names that begin with a dot",
        ("collect/inbox.py", "        _tell_skipped(folder, entries)\n", ""),
        f"{_ARRIVALS}test_what_is_passed_by_is_logged[embedded]",
    ),
    taken(
        "S-C5c",
        "FILE:/// is a server",
        ("addresses.py", "or address.lower().startswith(_FILE)\n", "or address.startswith(_FILE)\n"),
        f"{_ARRIVALS}test_folder_by_url[File:///srv/inbox]",
    ),
    taken(
        "S-C5d",
        "bytes that make sense in two codes are read by one, and nobody is told",
        ("collect/decode_text.py", '    if encoding != "windows-1258":\n', "    if True:\n"),
        "spec/test_text_codes.py::test_two_readings_are_told",
    ),
)
