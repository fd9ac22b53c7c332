"""Accounts of the operators' pages: Airflow's own (Flask-AppBuilder), with its roles Admin, Op, User and Viewer.

Runs in a child process (answers.py), with Airflow's settings in its environment.
"""

from typing import Any

from resolution_monitor.airflow_host.metadata import migrate_metadata

FIRST_ACCOUNT = "admin"
ROLES = ("Admin", "Op", "User", "Viewer")
# Airflow 3.3.2 gives these roles no right to see pages of plugins, ours among them.
_ROLES_WITHOUT_PLUGINS = ("User", "Viewer")


def create_first_account(password: str) -> dict[str, Any]:
    """
    Bring Airflow's metadata, roles and rights up to date, and make the first account where there is none.

    Args:
        password: Given to the first account if it is made now; kept nowhere but as Airflow's hash.

    Returns:
        created: whether it was made now.
    """
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    migrate_metadata()
    with get_application_builder() as builder:
        security = builder.sm
        builder.add_permissions(update_perms=True)  # type: ignore[no-untyped-call]
        security.sync_roles()
        for name in _ROLES_WITHOUT_PLUGINS:
            security.add_permission_to_role(security.find_role(name), security.create_permission("can_read", "Plugins"))
        if security.get_all_users():
            return {"created": False}
        role = security.find_role(ROLES[0])
        made = security.add_user(FIRST_ACCOUNT, "First", "Account", f"{FIRST_ACCOUNT}@localhost", role, password)
    return {"created": bool(made)}


def reset_password(user: str, password: str) -> dict[str, Any]:
    """
    Give an account a new password; its sessions end.

    Returns:
        found: whether there is such an account; users: the accounts there are.
    """
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    migrate_metadata()
    with get_application_builder() as builder:
        security = builder.sm
        users = sorted(account.username for account in security.get_all_users())
        account = security.find_user(username=user)
        if account is not None:
            security.reset_password(account.id, password)
    return {"found": account is not None, "users": users}
