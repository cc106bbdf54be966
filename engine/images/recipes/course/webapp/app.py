"""A small web application to deploy, to scale, to update and to roll back."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

PORT = 8000
VERSION = (Path(__file__).parent / "version").read_text().strip()
# This one starts and serves its page, but its health check says what is wrong with it.
BROKEN_VERSION = "3.0"
COLOURS = {"1.0": "#1d63ed", "2.0": "#1a7f37", BROKEN_VERSION: "#b3261e"}
# A secret goes before a config.
GREETING_FILES = (Path("/run/secrets/greeting"), Path("/etc/webapp/greeting"))
REDIS_TIMEOUT_SECONDS = 2

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <title>Web app {version}</title>
    <style>
      body {{ margin: 0; font: 1.1rem/1.6 sans-serif; color: #fff; background: {colour}; }}
      main {{ max-width: 32rem; margin: 15vh auto; padding: 0 1rem; }}
    </style>
  </head>
  <body>
    <main>
      <h1>{greeting}</h1>
      <p>Version {version}</p>
      <p>Served by {hostname}</p>
{note}    </main>
  </body>
</html>
"""


@dataclass(frozen=True)
class Answer:
    body: str
    status: int = 200
    kind: str = "text/plain"


def greeting_from_file() -> str:
    for path in GREETING_FILES:
        try:
            return path.read_text().strip()
        except OSError:
            continue
    return ""


def page() -> Answer:
    greeting = os.environ.get("GREETING", "Hello from a container!")
    note = greeting_from_file()
    html = PAGE.format(
        version=escape(VERSION),
        colour=COLOURS.get(VERSION, "#444"),
        greeting=escape(greeting),
        hostname=escape(socket.gethostname()),
        note=f"      <p>{escape(note)}</p>\n" if note else "",
    )
    return Answer(html, kind="text/html")


def version() -> Answer:
    return Answer(f"{VERSION}\n")


def health() -> Answer:
    return Answer("broken\n", 500) if VERSION == BROKEN_VERSION else Answer("ok\n")


def count_hit(host: str) -> int:
    """Adds one to a counter in Redis, in Redis' own protocol: two words, each after its length."""
    with socket.create_connection((host, 6379), REDIS_TIMEOUT_SECONDS) as connection:
        connection.sendall(b"*2\r\n$4\r\nINCR\r\n$4\r\nhits\r\n")
        reply = connection.makefile("rb").readline().decode().strip()
    if not reply.startswith(":"):
        raise OSError(reply or "it hung up")
    return int(reply[1:])


def hits() -> Answer:
    host = os.environ.get("REDIS_HOST")
    if not host:
        return Answer("Nobody counts here: set REDIS_HOST to the name of a Redis.\n", 503)
    try:
        return Answer(f"{count_hit(host)}\n")
    except OSError as error:
        return Answer(f"Redis does not count at {host}: {error}\n", 503)


ROUTES: dict[str, Callable[[], Answer]] = {
    "/": page,
    "/version": version,
    "/health": health,
    "/hits": hits,
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        route = ROUTES.get(path)
        answer = route() if route else Answer("There is nothing here.\n", 404)
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        # The health check asks every two seconds: what is well would drown all else.
        if self.path == "/health" and code == 200:
            return
        super().log_request(code, size)

    def log_message(self, format: str, *args: object) -> None:
        print(self.address_string(), format % args)


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def leave(_signal: int, _frame: FrameType | None) -> None:
    print("Asked to stop, leaving")
    # Swarm says why it ended a sick task only if that leaves with an error.
    sys.exit(1 if VERSION == BROKEN_VERSION else 0)


def main() -> None:
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server = Server(("", PORT), Handler)
    print(f"Web app {VERSION} listens on port {PORT}")
    server.serve_forever()


if __name__ == "__main__":
    main()
