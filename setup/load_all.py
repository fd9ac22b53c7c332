"""Imports what the project imports, once, so that its bytecode lies ready; run by set-up with the new environment.

Compiling the whole environment would cost 15 s and 171 MB; this follows the imports of what we start.
"""

import importlib
import os
import pkgutil
import sys
import tempfile

# What Airflow's command line and services import only when they start.
AIRFLOW = (
    "airflow.__main__",
    "airflow.api_fastapi.core_api.app",
    "airflow.api_fastapi.execution_api.app",
    "airflow.cli.commands.api_server_command",
    "airflow.cli.commands.dag_command",
    "airflow.cli.commands.dag_processor_command",
    "airflow.cli.commands.db_command",
    "airflow.cli.commands.scheduler_command",
    "airflow.providers.fab.auth_manager.fab_auth_manager",
    "airflow.providers.standard.operators.python",
)

# What modules of ours import only when they need it. The child that makes a PDF may write no bytecode: without this it
# would compile WeasyPrint anew for each document, which costs as much as a short page.
LATER = (
    "babel.dates",
    "babel.numbers",
    "holidays",
    "jsonschema",
    "pyhanko.sign.signers",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator",
    "pypdfium2",
    "referencing.jsonschema",
    "weasyprint",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(AIRFLOW_HOME=home, AIRFLOW__CORE__LOAD_EXAMPLES="False")
        for name in AIRFLOW if sys.argv[1] == "airflow" else (*all_of_ours(), *LATER):
            importlib.import_module(name)


def all_of_ours() -> list[str]:
    package = importlib.import_module("resolution_monitor")
    return [module.name for module in pkgutil.walk_packages(package.__path__, "resolution_monitor.")]


if __name__ == "__main__":
    main()
