"""Carries votes from the queue in Redis to the table in PostgreSQL, one after the other."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg2
import redis

REDIS_HOST = os.environ.get("REDIS_HOST", "redis")
DB_HOST = os.environ.get("DB_HOST", "db")
# Below the limit of the socket, so that an idle queue does not look like a dead one.
WAIT_SECONDS = 5
SOCKET_LIMIT_SECONDS = 10
RETRY_SECONDS = 1
STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}

CREATE = "CREATE TABLE IF NOT EXISTS votes (id text PRIMARY KEY, vote text NOT NULL)"
UPSERT = """INSERT INTO votes (id, vote) VALUES (%s, %s)
ON CONFLICT (id) DO UPDATE SET vote = excluded.vote"""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Vote:
    voter_id: str
    vote: str


def log(message: str) -> None:
    print(message)


def setting(name: str, default: str) -> str:
    """A setting, or the content of the file that NAME_FILE names, as secrets come."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def until_there(what: str, attempt: Callable[[], Result]) -> Result:
    while True:
        try:
            return attempt()
        except (redis.RedisError, psycopg2.Error) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            log(f"Waiting for {what}: {reason}")
            time.sleep(RETRY_SECONDS)


class Queue:
    def __init__(self) -> None:
        self._redis = redis.Redis(
            host=REDIS_HOST,
            socket_timeout=SOCKET_LIMIT_SECONDS,
            socket_connect_timeout=2,
            decode_responses=True,
        )

    def ping(self) -> None:
        self._redis.ping()

    def next(self) -> Vote | None:
        """The oldest vote that waits, if one comes while we listen."""
        item = self._redis.blpop("votes", timeout=WAIT_SECONDS)
        if item is None:
            return None
        try:
            data = json.loads(item[1])
            return Vote(str(data["voter_id"]), str(data["vote"]))
        except (ValueError, TypeError, KeyError):
            log(f"Left out, this is no vote: {item[1]!r}")
            return None


class Database:
    def __init__(self) -> None:
        self._connection: psycopg2.extensions.connection | None = None

    def connect(self) -> psycopg2.extensions.connection:
        connection = psycopg2.connect(
            host=DB_HOST,
            dbname="postgres",
            user=setting("POSTGRES_USER", "postgres"),
            password=setting("POSTGRES_PASSWORD", "postgres"),
            connect_timeout=2,
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(CREATE)
        self._connection = connection
        return connection

    def store(self, vote: Vote) -> None:
        connection = self._connection or self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(UPSERT, (vote.voter_id, vote.vote))
        except psycopg2.Error:
            # The next try begins with a new connection: this one may be dead.
            self._connection = None
            raise


def work() -> None:
    queue, database = Queue(), Database()
    until_there(f"redis at {REDIS_HOST}", queue.ping)
    log(f"Connected to redis at {REDIS_HOST}")
    until_there(f"the database at {DB_HOST}", database.connect)
    log(f"Connected to the database at {DB_HOST}")
    while True:
        vote = until_there(f"redis at {REDIS_HOST}", queue.next)
        if vote is not None:
            until_there(f"the database at {DB_HOST}", lambda: database.store(vote))
            log(f"Counted a vote for {vote.vote} from {vote.voter_id}")


def leave_when_asked() -> None:
    signal.sigwait(STOP_SIGNALS)
    os._exit(0)


def main() -> None:
    # A thread waits for the signal, since the main one can be deep in a library that waits for the network.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    threading.Thread(target=leave_when_asked, daemon=True).start()
    work()


if __name__ == "__main__":
    main()
