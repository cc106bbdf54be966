"""An authorization plugin: what a client may do follows from the common name of its certificate."""
import json
import socketserver
import sys
from http.server import BaseHTTPRequestHandler

ANY = None
# The name is empty for whoever comes through the Unix socket, which only root can.
MAY = {'': ANY, 'admin': ANY, 'reader': ['GET', 'HEAD']}


def judge(asked):
    user, method = asked.get('User', ''), asked['RequestMethod']
    allowed = user in MAY and (MAY[user] is ANY or method in MAY[user])
    return {'Allow': allowed, 'Msg': f'{user} may not {method}'}


class Plugin(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.path == '/Plugin.Activate':
            answer = {'Implements': ['authz']}
        elif self.path == '/AuthZPlugin.AuthZReq':
            answer = judge(json.loads(body))
        else:
            answer = {'Allow': True}
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


Server(sys.argv[1], Plugin).serve_forever()
