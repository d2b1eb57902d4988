"""A gunicorn worker whose threads only ever see whole requests.

gunicorn's threaded worker reads head and body inside a thread of its pool, and no time-out of its ends that: as many half-sent
heads as there are threads stop the server. Here the main loop, which waits for all sockets at once, gathers head and body; a
thread takes over when the last byte is there. A caller who dawdles costs a socket and some memory, never a thread, and is
closed after HEAD_SECONDS, or what the announced length takes at SLOWEST bytes a second.
"""

import contextlib
import re
import selectors
import socket
import tempfile
import time
from functools import partial

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 10
SLOWEST = 4096  # bytes a second: a telephone on a bad line
HEAD_BYTES = 64 * 1024
BODY_BYTES = 64 * 1024 * 1024
IN_MEMORY = 256 * 1024
SEND_SECONDS = 60
TURN = 256 * 1024  # bytes taken from one socket before the others have their turn
END = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,15})[ \t]*\r$", re.I | re.M)
LENGTHS = re.compile(rb"^content-length[^:\r\n]*:", re.I | re.M)
CHUNKED = re.compile(rb"^transfer-encoding[^:\r\n]*:", re.I | re.M)
WAITS = re.compile(rb"^expect:[ \t]*100-continue", re.I | re.M)
REFUSALS = {408: "Request Timeout", 411: "Length Required", 413: "Content Too Large", 431: "Request Header Fields Too Large"}


class Gathered(SocketUnreader):
    """What gunicorn's parser reads from: the bytes gathered, then nothing. It never waits for the socket."""

    def __init__(self, sock, spool):
        super().__init__(sock)
        self.spool = spool

    def chunk(self, size_hint=None):
        return self.spool.read(max(size_hint or 0, self.mxchunk))


class Gathering:
    """The bytes of one request as they come in. `wanted`: how many the whole request has, None while its head is not whole."""

    def __init__(self, first=b""):
        self.spool, self.head, self.size = tempfile.SpooledTemporaryFile(IN_MEMORY), b"", 0  # noqa: SIM115  closed with the connection
        self.wanted, self.refusal, self.expects = None, None, False
        self.until = time.monotonic() + HEAD_SECONDS
        if first:
            self.take(first)

    def take(self, data):
        """Take some bytes."""
        self.spool.write(data)
        self.size += len(data)
        if self.wanted is None:
            self.head += data
            self._look()

    def _look(self):
        at = self.head.find(END)
        if at < 0:
            self.refusal = 431 if len(self.head) > HEAD_BYTES else None
            return
        head, length = self.head[: at + 2], 0
        if CHUNKED.search(head):
            self.refusal = 411
        elif len(LENGTHS.findall(head)) == 1 and (found := LENGTH.search(head)):
            length, self.expects = int(found[1]), bool(WAITS.search(head))
        if length > BODY_BYTES:
            self.refusal = 413
        self.wanted = at + len(END) + length  # two lengths or a strange one: the parser refuses the head that it gets
        self.until += length / SLOWEST

    @property
    def whole(self):
        return self.wanted is not None and self.size >= self.wanted

    def cut(self):
        """Return what came after the request (the next one, sent early), and leave only the request to be read."""
        self.spool.seek(self.wanted)
        surplus = self.spool.read()
        self.spool.truncate(self.wanted)
        self.spool.seek(0)
        return surplus


class WholeRequests(ThreadWorker):
    """The worker of `wanjia serve`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = {}  # connection → Gathering, the oldest first

    def accept(self, listener):
        """Take a connection; no thread hears of it yet. When all places are held, the longest dawdler goes."""
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        if len(self.held) >= self.worker_connections - self.cfg.threads - 1:
            self.drop(next(iter(self.held)))
        self.nr_conns += 1
        self.hold(TConn(self.cfg, sock, client, listener.getsockname()))

    def hold(self, conn, first=b""):
        """Wait for a request on a connection; `first`: bytes of it that came early."""
        conn.sock.setblocking(False)
        self.held[conn] = gathering = Gathering(first)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_bytes, conn))
        if first:
            self.judge(conn, gathering)

    def on_bytes(self, conn, sock):
        """Take what a socket has. Its end, or a fault, ends it."""
        gathering = self.held.get(conn)
        if gathering is None:  # dropped for a newcomer in the same round of the loop that told of these bytes
            return
        try:
            data = sock.recv(TURN)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.drop(conn)
            return
        gathering.take(data)
        self.judge(conn, gathering)

    def judge(self, conn, gathering):
        """Hand a whole request to a thread, refuse one that may not be, or wait on."""
        if gathering.refusal:
            self.drop(conn, gathering.refusal)
        elif gathering.whole:
            self.release(conn)
            conn.surplus = gathering.cut()
            conn.init()
            conn.parser.unreader = Gathered(conn.sock, gathering.spool)
            conn.spool, conn.data_ready = gathering.spool, True
            self.enqueue_req(conn)
        elif gathering.expects:
            gathering.expects = False
            self.tell(conn, b"HTTP/1.1 100 Continue\r\n\r\n")

    def release(self, conn):
        """Take a connection out of those that are waited for."""
        del self.held[conn]
        self.poller.unregister(conn.sock)

    def drop(self, conn, status=None):
        """Close a connection that is waited for, with a short answer when one is due."""
        gathering = self.held[conn]
        self.release(conn)
        if status:
            self.tell(conn, f"HTTP/1.1 {status} {REFUSALS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
        gathering.spool.close()
        self.nr_conns -= 1
        conn.close()

    @staticmethod
    def tell(conn, data):
        """Send a few bytes if the socket takes them at once."""
        try:
            conn.sock.send(data)
        except OSError:
            return

    def handle_request(self, req, conn):
        """Answer a request; a caller who does not read the answer loses it after SEND_SECONDS."""
        conn.sock.settimeout(SEND_SECONDS)
        return super().handle_request(req, conn)

    def finish_request(self, conn, fs):
        """After an answer: wait for the next request on the connection, or close it."""
        conn.spool.close()
        try:
            again = bool(fs.result()) and self.alive
            if again:
                conn.parser = None
                conn.initialized = False
                self.hold(conn, conn.surplus)
                return
        except Exception:
            self.log.exception("A request ended badly")
        self.nr_conns -= 1
        with contextlib.suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)
        conn.close()

    def murder_pending(self):
        """Called once a second: close who took too long, and, when stopping, who has sent nothing."""
        now = time.monotonic()
        for conn, gathering in list(self.held.items()):
            if gathering.until < now:
                self.drop(conn, 408 if gathering.size else None)
            elif not self.alive and not gathering.size:
                self.drop(conn)
