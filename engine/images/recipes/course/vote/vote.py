"""The page on which people vote: every vote goes into a queue in Redis."""

import json
import os
import secrets
import signal
import socket
import sys
from functools import cached_property
from html import escape
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from urllib.parse import parse_qs

import redis

PORT = 80
OPTIONS = {
    "a": os.environ.get("OPTION_A", "Cats"),
    "b": os.environ.get("OPTION_B", "Dogs"),
}
LONGEST_FORM = 1000

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <title>{a} or {b}?</title>
    <style>
      body {{ font: 1.1rem/1.6 sans-serif; text-align: center; margin: 15vh 1rem; }}
      button {{ font: inherit; font-size: 1.6rem; color: #fff; border: 0; padding: 1rem 2rem; margin: 0.5rem; }}
      button[value=a] {{ background: #1d63ed; }}
      button[value=b] {{ background: #00796b; }}
    </style>
  </head>
  <body>
    <h1>{a} or {b}?</h1>
    <form method="post">
      <button name="vote" value="a">{a}</button>
      <button name="vote" value="b">{b}</button>
    </form>
    <p>{message}</p>
    <p><small>Served by {hostname}</small></p>
  </body>
</html>
"""

votes = redis.Redis(
    host=os.environ.get("REDIS_HOST", "redis"),
    socket_timeout=2,
    socket_connect_timeout=2,
)


def page(message: str) -> bytes:
    names = {key: escape(name) for key, name in OPTIONS.items()}
    html = PAGE.format(message=escape(message), hostname=escape(socket.gethostname()), **names)
    return html.encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.partition("?")[0] == "/":
            self.answer(200, "You can vote again whenever you change your mind.")
        else:
            self.answer(404, "There is nothing here; the vote is at /")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        vote = self.posted_vote()
        if vote not in OPTIONS:
            self.answer(400, "Vote for a or for b.")
            return
        try:
            votes.rpush("votes", json.dumps({"voter_id": self.voter, "vote": vote}))
        except redis.RedisError as error:
            print(f"The vote was not taken, redis does not answer: {error}")
            self.answer(503, "The vote was not taken: redis does not answer.")
            return
        self.answer(200, f"You voted for {OPTIONS[vote]}.")

    def posted_vote(self) -> str:
        try:
            length = int(self.headers.get("Content-Length", 0))
        except ValueError:
            return ""
        form = parse_qs(self.rfile.read(max(0, min(length, LONGEST_FORM))).decode(errors="replace"))
        return form.get("vote", [""])[0]

    @cached_property
    def voter(self) -> str:
        """Who votes: known by a cookie, or new. A second vote replaces the first."""
        try:
            known = SimpleCookie(self.headers.get("Cookie", "")).get("voter_id")
        except CookieError:
            known = None
        return known.value if known else secrets.token_hex(8)

    def answer(self, status: int, message: str) -> None:
        body = page(message)
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", f"voter_id={self.voter}; Path=/; HttpOnly; SameSite=Lax")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        print(self.address_string(), format % args)


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server = Server(("", PORT), Handler)
    print(f"The vote between {' and '.join(OPTIONS.values())} is open on port {PORT}")
    server.serve_forever()


if __name__ == "__main__":
    main()
