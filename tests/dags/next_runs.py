"""Prints when Airflow would first run each DAG after it was loaded at given moments, and what the doctor says of that.

Run in a process of its own.
"""

import json
import sys

import pendulum
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables import trigger
from airflow.timetables.base import TimeRestriction

from resolution_monitor.airflow_host.examine_airflow import next_ticks


def main() -> None:
    dags = DagBag(sys.argv[1]).dags
    first = {}
    for moment in sys.argv[2:]:
        trigger.utcnow = lambda moment=moment: pendulum.parse(moment)  # the clock that Airflow's timetables read
        for dag_id, dag in dags.items():
            # As the scheduler has it: out of its metadata, not out of the file.
            timetable = DagSerialization.from_dict(DagSerialization.to_dict(dag)).timetable
            restriction = TimeRestriction(earliest=None, latest=None, catchup=dag.catchup)
            info = timetable.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
            told = [pendulum.parse(tick).in_timezone("UTC").isoformat() for tick in next_ticks(dag)]
            first[f"{dag_id} {moment}"] = [info.run_after.in_timezone("UTC").isoformat(), *told]
    sys.stdout.write(json.dumps(first))


if __name__ == "__main__":
    main()
