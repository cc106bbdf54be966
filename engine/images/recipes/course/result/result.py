"""The page that shows how the vote stands, as the table in PostgreSQL has it."""

import json
import os
import signal
import sys
from contextlib import closing
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

import psycopg2
from psycopg2.errors import UndefinedTable

PORT = 80
DB_HOST = os.environ.get("DB_HOST", "db")
OPTIONS = {
    "a": os.environ.get("OPTION_A", "Cats"),
    "b": os.environ.get("OPTION_B", "Dogs"),
}
COUNT = "SELECT vote, count(*) FROM votes GROUP BY vote"

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <title>How the vote stands</title>
    <meta http-equiv="refresh" content="2">
    <style>
      body {{ font: 1.1rem/1.6 sans-serif; text-align: center; margin: 15vh 1rem; }}
      table {{ margin: auto; border-spacing: 2rem 0; font-size: 1.6rem; }}
    </style>
  </head>
  <body>
    <h1>{title}</h1>
{body}  </body>
</html>
"""

Counts = dict[str, int]


def setting(name: str, default: str) -> str:
    """A setting, or the content of the file that NAME_FILE names, as secrets come."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def counts() -> Counts:
    connection = psycopg2.connect(
        host=DB_HOST,
        dbname="postgres",
        user=setting("POSTGRES_USER", "postgres"),
        password=setting("POSTGRES_PASSWORD", "postgres"),
        connect_timeout=2,
    )
    with closing(connection), connection.cursor() as cursor:
        try:
            cursor.execute(COUNT)
        except UndefinedTable:
            # The worker makes the table: before its first start nobody has voted.
            return dict.fromkeys(OPTIONS, 0)
        found = dict(cursor.fetchall())
    return {option: found.get(option, 0) for option in OPTIONS}


def share(part: int, total: int) -> str:
    return f"{part / total:.0%}" if total else "–"


def table(votes: Counts) -> str:
    total = sum(votes.values())
    rows = "".join(
        f"      <tr><td>{escape(name)}</td><td>{votes[option]}</td><td>{share(votes[option], total)}</td></tr>\n"
        for option, name in OPTIONS.items()
    )
    return f"    <table>\n{rows}    </table>\n    <p>{total} {'vote' if total == 1 else 'votes'}</p>\n"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            self.answer_page()
        elif path == "/counts.json":
            self.answer_json()
        else:
            self.answer(404, "text/plain", "There is nothing here; the count is at /\n")

    do_HEAD = do_GET

    def answer_page(self) -> None:
        try:
            status, title, body = 200, "How the vote stands", table(counts())
        except psycopg2.Error as error:
            self.log_error("The database does not answer: %s", reason(error))
            status, title, body = 503, "The database does not answer", ""
        self.answer(status, "text/html", PAGE.format(title=title, body=body))

    def answer_json(self) -> None:
        try:
            votes = counts()
        except psycopg2.Error as error:
            self.answer(503, "application/json", json.dumps({"error": reason(error)}) + "\n")
            return
        self.answer(200, "application/json", json.dumps({**votes, "total": sum(votes.values())}) + "\n")

    def answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        print(self.address_string(), format % args)


def reason(error: psycopg2.Error) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server = Server(("", PORT), Handler)
    print(f"The count is shown on port {PORT}")
    server.serve_forever()


if __name__ == "__main__":
    main()
