"""A small SMTP server (RFC 5321) in a thread, that takes mail, refuses it or hangs up as a test says."""

import contextlib
import socketserver
import threading
from email import message_from_bytes
from email.message import Message as Mime

#: Instead of a reply: the server goes away without one.
HANG_UP = "hang up"


class Handler(socketserver.StreamRequestHandler):
    """One conversation."""

    server: "SmtpServer"

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # the other end was killed
            self._talk()

    def _talk(self) -> None:
        with self.server.lock:
            self.server.connections += 1
        if not self._say("CONNECT", "", "220 stub"):
            return
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            verb = verb.upper()
            if verb == "DATA":
                if not self._data():
                    return
            elif verb == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            elif not self._say(verb, rest, "250 ok"):
                return

    def _data(self) -> bool:
        if not (reply := self._say("DATA", "", "354 go on")) or not reply.startswith("354"):
            return bool(reply)
        content = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            content += line[1:] if line.startswith(b".") else line
        reply = self.server.answer("CONTENT", content.decode(errors="replace")) or "250 taken"
        if reply.startswith("250"):
            with self.server.lock:
                self.server.taken.append(message_from_bytes(content))
        self.server.wait("CONTENT", content.decode(errors="replace"))
        if reply == HANG_UP:
            return False
        self.wfile.write(f"{reply}\r\n".encode())
        return True

    def _say(self, verb: str, rest: str, usual: str) -> str:
        self.server.wait(verb, rest)
        reply = self.server.answer(verb, rest) or usual
        if reply == HANG_UP:
            return ""
        self.wfile.write(f"{reply}\r\n".encode())
        return reply


class SmtpServer(socketserver.ThreadingTCPServer):
    """``taken`` is what it took; ``says`` has other replies than the usual ones.

    Its keys are a verb, and after a space what the rest of the line must hold: ``RCPT ada@``.
    ``CONNECT`` is the greeting, ``CONTENT`` the end of the email. With a key in ``waits_at`` it sets
    ``reached`` there, and does not reply before ``go_on`` is set.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.lock = threading.Lock()
        self.taken: list[Mime] = []
        self.connections = 0
        self.says: dict[str, str] = {}
        self.waits_at: str | None = None
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.port: int = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, verb: str, rest: str) -> str | None:
        for key, reply in self.says.items():
            if _is(key, verb, rest):
                return reply
        return None

    def wait(self, verb: str, rest: str) -> None:
        if self.waits_at and _is(self.waits_at, verb, rest):
            self.reached.set()
            self.go_on.wait(20)

    @property
    def recipients(self) -> list[str]:
        return [str(mail["To"]) for mail in self.taken]

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


def _is(key: str, verb: str, rest: str) -> bool:
    about, _, part = key.partition(" ")
    return about == verb and part in rest
