"""The durable work queue (DBOS): where pages and commands hand long work to the worker."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.domain.errors import StorageUnavailable
from dashboard.services.ports import Work

if TYPE_CHECKING:
    from dbos import DBOSClient

QUEUE = "afektif"
APPLICATION = "afektif"


class DurableQueue:
    """Hands work over through a database, so that it outlives every process."""

    def __init__(self, url: str) -> None:
        self.url = url

    def enqueue(self, work: Work, subject_id: str, *arguments: str) -> None:
        """Hand over; the same work with the same arguments twice is one piece of work."""
        from dbos import error as dbos_error
        from sqlalchemy.exc import SQLAlchemyError

        identity = "-".join((work.value, subject_id, *arguments))
        try:
            self._client.enqueue(
                {"queue_name": QUEUE, "workflow_name": work.value, "workflow_id": identity},
                subject_id,
                *arguments,
            )
        except (dbos_error.DBOSException, SQLAlchemyError) as error:
            raise StorageUnavailable(
                "The work queue cannot be written: {why}. Free some disk space, check the "
                "database's address, then try again.",
                why=str(error).splitlines()[0][:200],
            ) from error

    @cached_property
    def _client(self) -> DBOSClient:
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        logging.getLogger("dbos").setLevel(logging.ERROR)
        return DBOSClient(
            system_database_url=self.url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
        )


def migrate_queue(url: str) -> None:
    """Create or upgrade the queue's own tables."""
    from dbos import run_dbos_database_migrations

    logging.getLogger("dbos").setLevel(logging.ERROR)
    run_dbos_database_migrations(url)
