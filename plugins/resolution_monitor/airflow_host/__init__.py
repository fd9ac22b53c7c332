"""Airflow as a guest: its settings, its metadata database, one DAG run in this process."""
