"""One WebSocket client: attach.py HOST PORT PATH HEADER-FILE DIR

Writes DIR/status, then DIR/body (refused) or DIR/out, DIR/err, DIR/errors, DIR/exit, DIR/closed as frames come,
and DIR/broken when one is none that a server may send.
Takes orders from DIR/orders, one a line: `send HEX`, `file PATH`, `text JSON`, `close`, `drop`.
"""
import base64, json, os, select, socket, struct, sys, time

host, port, path, header, where = sys.argv[1:6]
with open(header) as file:
    header = file.read().strip()


def put(name, data, mode="ab"):
    with open(os.path.join(where, name), mode) as file:
        file.write(data)


def frame(kind, data):
    head = bytes([0x80 | kind])
    if len(data) < 126:
        head += bytes([0x80 | len(data)])
    elif len(data) < 65536:
        head += bytes([0x80 | 126]) + struct.pack(">H", len(data))
    else:
        head += bytes([0x80 | 127]) + struct.pack(">Q", len(data))
    mask = os.urandom(4)
    return head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data))


def parse(buffer):
    """(final, kind, payload, rest) of the first whole frame, or None."""
    if len(buffer) < 2:
        return None
    size, at = buffer[1] & 127, 2
    if size > 125:
        at = 4 if size == 126 else 10
        size = int.from_bytes(buffer[2:at], "big")
    if len(buffer) < at + size:
        return None
    return buffer[0] & 128, buffer[0] & 15, buffer[at : at + size], buffer[at + size :]


def message(kind, data):
    if os.path.exists(os.path.join(where, "exit")):
        put("broken", b"a frame after the exit frame", "wb")
    elif kind == 2 and data[:1] == b"\x01":
        put("out", data[1:])
    elif kind == 2 and data[:1] == b"\x02":
        put("err", data[1:])
    elif kind == 1:
        text(data)
    else:
        put("broken", b"a binary frame of no stream", "wb")


def text(data):
    try:
        told = json.loads(data)
    except ValueError:
        told = None
    told = told if isinstance(told, dict) else {}
    kind, code, words = told.get("type"), told.get("exit_code"), told.get("message")
    if kind == "exit" and type(code) is int:
        put("exit", str(code).encode(), "wb")
    elif kind == "error" and isinstance(words, str):
        line = "\t".join(" ".join(str(part).split()) for part in (told.get("code") or "", words))
        put("errors", line.encode() + b"\n")
    else:
        put("broken", b"no server frame", "wb")


for name in ("out", "err", "errors", "orders"):
    put(name, b"")
try:
    link = socket.create_connection((host, int(port)), 30)
except OSError as error:
    put("body", str(error).encode())
    put("status", b"000", "wb")
    sys.exit(1)
link.sendall(
    (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{header}\r\nConnection: Upgrade\r\n"
        f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
    ).encode()
)
link.settimeout(30)
buffer = b""
while b"\r\n\r\n" not in buffer:
    piece = link.recv(65536)
    if not piece:
        break
    buffer += piece
head, _, buffer = buffer.partition(b"\r\n\r\n")
status = (head.split(b" ") + [b"000", b"000"])[1][:3]
status = status if status.isdigit() else b"000"
if status != b"101":
    link.settimeout(1)
    try:
        while len(buffer) < 65536:
            piece = link.recv(65536)
            if not piece:
                break
            buffer += piece
    except OSError:
        pass
    put("body", buffer)
    put("status", status, "wb")
    sys.exit(1)
put("status", status, "wb")

orders, partial, part_kind, closing = 0, b"", 0, 0.0
while True:
    ready, _, _ = select.select([link], [], [], 0.05)
    if ready:
        try:
            piece = link.recv(65536)
        except OSError:
            piece = b""
        buffer += piece
        while True:
            found = parse(buffer)
            if not found:
                break
            final, kind, data, buffer = found
            if kind in (0, 1, 2):
                partial, part_kind = partial + data, kind or part_kind
                if final:
                    message(part_kind, partial)
                    partial = b""
            elif kind == 9:
                link.sendall(frame(10, data))
            elif kind == 8:
                code = struct.unpack(">H", data[:2])[0] if len(data) > 1 else 1005
                try:
                    link.sendall(frame(8, data[:2]))
                except OSError:
                    pass
                put("closed", str(code).encode(), "wb")
                sys.exit(0)
        if not piece:
            put("closed", b"1006", "wb")
            sys.exit(0)
    if closing and time.time() > closing:
        put("closed", b"1006", "wb")
        sys.exit(0)
    with open(os.path.join(where, "orders"), "rb") as file:
        lines = file.read().split(b"\n")[:-1]
    for line in lines[orders:]:
        word, _, rest = line.partition(b" ")
        if word == b"drop":
            put("closed", b"1006", "wb")
            os._exit(0)
        elif word == b"close":
            link.sendall(frame(8, struct.pack(">H", 1000)))
            closing = time.time() + 10
        elif word == b"send":
            link.sendall(frame(2, bytes.fromhex(rest.decode())))
        elif word == b"file":
            with open(rest, "rb") as file:
                link.sendall(frame(2, file.read()))
        elif word == b"text":
            link.sendall(frame(1, rest))
    orders = len(lines)
