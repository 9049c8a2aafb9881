"""A client for WWEP, the WICED Wi-Fi Example Protocol: one file for MicroPython and CPython, plain and TLS.

    import wwep
    server = wwep.Client("192.168.1.5")
    server.write(0x0FAC, 0x0B, 0x1234)
    server.read(0x0FAC, 0x0B)                     # 4660, or None when nobody has written it

    server = wwep.Client("wwep.lab", tls=wwep.trust("root.pem"))

Each message has a connection of its own. A call returns what the server has said, or raises an Error whose text says what
to do; it waits 2 s for the connection, 30 s for a step of the TLS handshake, 500 ms for the reply.
"""

try:
    import errno
except ImportError:
    import uerrno as errno
try:
    import socket
except ImportError:
    import usocket as socket
try:
    import ssl
except ImportError:
    try:
        import ussl as ssl
    except ImportError:
        ssl = None  # a build without TLS
try:
    import time
except ImportError:
    import utime as time
try:
    from binascii import a2b_base64
except ImportError:
    from ubinascii import a2b_base64

PORT = 27708
TLS_PORT = 40508
CONNECT_MS = 2000
HANDSHAKE_MS = 30000
REPLY_MS = 500

_REPLY_BYTES = 11
_DIGITS = "0123456789ABCDEF"
_BEGIN = b"-----BEGIN CERTIFICATE-----"
_END = b"-----END CERTIFICATE-----"


class Error(Exception):
    """No answer that could be believed, or none at all; each kind below."""


class Rejected(Error):
    """The server said X."""


class NoReply(Error):
    """No reply, or only a part of one, in time."""


class Closed(Error):
    """The server closed before its reply was complete, or the connection broke."""


class NotWwep(Error):
    """Something came back that is no reply to what was sent."""


class NoConnection(Error):
    """The server cannot be reached."""


class NoTls(Error):
    """The TLS handshake failed for another reason than the server's certificate."""


class NotTrusted(Error):
    """The server's certificate was not accepted."""


class _Trust:
    def __init__(self, roots, name):
        self.roots = roots  # certificates in DER; none: whoever answers is trusted
        self.name = name


def trust(root, name=None):
    """Returns whom to trust over TLS: servers that show a certificate of this root.

    root: the name of a file, or its content as bytes, PEM (one certificate or more) or DER; or a tuple of several in DER.
    name: the name that the certificate has to be for; without it the host that is connected to.

    Dates are checked too: set the clock before, on a board with ntptime.settime().
    """
    if isinstance(root, (tuple, list)):
        return _Trust(list(root), name)
    if isinstance(root, str):
        with open(root, "rb") as file:
            root = file.read()
    roots = _pem_to_der(root) if _BEGIN in root else [root]
    if not root or not roots:
        raise ValueError("no certificate in there: give PEM or DER of the root, as 'wwep cert embed' writes it")
    return _Trust(roots, name)


#: Trusts whoever answers. What is sent is encrypted, but anybody in between can read and change it.
TRUST_ANYBODY = _Trust([], None)


def _pem_to_der(pem):
    """MicroPython's TLS reads DER in every build, PEM not in all of them."""
    found = []
    for part in pem.split(_BEGIN)[1:]:
        end = part.find(_END)
        if end >= 0:
            found.append(a2b_base64(part[:end].replace(b"\r", b"").replace(b"\n", b"")))
    return found


def device_id(mac):
    """Returns the device ID of the lecture: the 16-bit sum of the six octets of a MAC address (bytes)."""
    if len(mac) != 6:
        raise ValueError("a MAC address has 6 octets, not %d" % len(mac))
    return sum(mac) & 0xFFFF


def _check(what, number, largest):
    if not 0 <= number <= largest:
        raise ValueError("%s must be 0 to 0x%X, not %d" % (what, largest, number))


class Client:
    """A WWEP server, as a board sees it.

    host: a name or an address; port: without it the usual one; tls: trust(...) or TRUST_ANYBODY, None for plain TCP.
    """

    def __init__(self, host, port=None, tls=None):
        if tls is not None and not isinstance(tls, _Trust):
            raise ValueError("tls must be wwep.trust(...), wwep.TRUST_ANYBODY or None")
        if tls is not None and ssl is None:
            raise NoTls("this MicroPython was built without TLS: use one with the module ssl, or the plain port")
        self.host = host
        self.port = port if port is not None else PORT if tls is None else TLS_PORT
        self.tls = tls

    def write(self, device, register, value):
        """Writes a register; returns the value that the server has stored, or raises an Error."""
        _check("device", device, 0xFFFF)
        _check("register", register, 0xFF)
        _check("value", value, 0xFFFF)
        message = "W%04X%02X%04X" % (device, register, value)
        stored = _value_of(self.exchange(message), message)
        if stored != value:
            raise NotWwep("the server stored %04X instead of %04X: look for what changes messages on the way" % (stored, value))
        return stored

    def read(self, device, register):
        """Returns the value of a register; None for an X, which most often means that nobody has written it."""
        _check("device", device, 0xFFFF)
        _check("register", register, 0xFF)
        message = "R%04X%02X" % (device, register)
        reply = self.exchange(message)
        return None if reply[:1] == b"X" else _value_of(reply, message)

    def exchange(self, message):
        """Sends any message (str or bytes) on a connection of its own, and returns the reply: 11 bytes, or b"X".

        Sends it as it is: no line end, and no NUL, which C's sizeof would count.
        """
        if isinstance(message, str):
            message = message.encode()
        tcp = self._connect()
        stream = tcp
        try:
            if self.tls is not None:
                stream = self._secure(tcp)
            try:
                (stream.sendall if hasattr(stream, "sendall") else stream.write)(message)
            except OSError as e:
                raise NoReply("the message could not be sent in time") if _is_timeout(e) else _lost(e, b"")
            return _receive(stream, tcp)
        finally:
            stream.close()
            if stream is not tcp:
                tcp.close()

    def _connect(self):
        try:
            addresses = socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM)
        except OSError as e:
            raise NoConnection("%s has no address (%s): check the name, or give the address" % (self.host, e))
        why = None
        for address in addresses:
            tcp = socket.socket(address[0], address[1])
            try:
                tcp.settimeout(CONNECT_MS / 1000)
                tcp.connect(address[-1])
                return tcp
            except OSError as e:
                why = e
                tcp.close()
        where = "%s, port %d" % (self.host, self.port)
        if why is not None and why.args and why.args[0] == errno.ECONNREFUSED:
            raise NoConnection("nothing listens at %s: is the server started, and is the port right?" % where)
        raise NoConnection("no connection to %s (%s): check the address, the Wi-Fi and the firewall" % (where, why))

    def _secure(self, tcp):
        tcp.settimeout(HANDSHAKE_MS / 1000)
        name = self.tls.name or self.host
        try:
            if hasattr(ssl, "SSLContext") and hasattr(ssl.SSLContext, "load_verify_locations"):
                return _context(self.tls.roots).wrap_socket(tcp, server_hostname=name)
            return _wrap_without_context(tcp, self.tls.roots, name)
        except Exception as e:
            tcp.close()
            raise _why_no_tls(e)


def _context(roots):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if hasattr(context, "check_hostname"):  # CPython; MicroPython checks the name whenever it verifies
        context.check_hostname = bool(roots)
    context.verify_mode = ssl.CERT_REQUIRED if roots else ssl.CERT_NONE
    if hasattr(ssl, "VERIFY_X509_PARTIAL_CHAIN"):  # as on boards: what is loaded is trusted, a root or not
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    for root in roots:
        context.load_verify_locations(cadata=root)
    return context


def _wrap_without_context(tcp, roots, name):
    """MicroPython before 1.22; one before 1.20 cannot verify."""
    if not roots:
        return ssl.wrap_socket(tcp, server_hostname=name)
    if len(roots) > 1:
        raise ValueError("this MicroPython takes one root: give a file with the server's alone")
    try:
        return ssl.wrap_socket(tcp, server_hostname=name, cert_reqs=ssl.CERT_REQUIRED, cadata=roots[0])
    except (TypeError, AttributeError):
        raise NoTls("this MicroPython cannot verify certificates: use a newer one, or TRUST_ANYBODY knowingly")


def _why_no_tls(e):
    """MicroPython raises ValueError with mbed TLS's words where a certificate is refused, CPython an error of its own."""
    if isinstance(e, Error):
        return e
    text = str(e).strip()
    if isinstance(e, OSError) and _is_timeout(e):
        return NoTls("the TLS handshake took too long: a smaller key (P-256) and a shorter chain make it faster")
    lower = text.lower()
    if "hostname mismatch" in lower or "ip address mismatch" in lower or "does not match with the expected" in lower:
        return NotTrusted("not trusted: the certificate is for another name: connect to a name that it has (%s)" % text)
    if "expired" in lower:
        return NotTrusted("not trusted: the certificate has expired: renew it, or is this clock wrong? (%s)" % text)
    if "not yet valid" in lower or "in the future" in lower:
        return NotTrusted("not trusted: the certificate is not valid yet: is this clock set? (%s)" % text)
    if "-9984" in lower or "verify_failed" in lower and "mbedtls" in lower:  # that is all that MicroPython 1.20 knows
        return NotTrusted(
            "not trusted: the certificate is not of the root that is loaded, or it is for another name: load the server's root,"
            " and connect to a name that the certificate has (%s)" % text
        )
    if "verify failed" in lower or "certificate" in lower and isinstance(e, ValueError) or "trusted" in lower:
        return NotTrusted("not trusted: the certificate is not of the root that is loaded: load the server's (%s)" % text)
    if "invalid cert" in lower or "not enough data" in lower or "asn1" in lower:
        return NotTrusted("the root certificate cannot be read (%s): give PEM or DER of a certificate" % text)
    return NoTls("the TLS handshake failed (%s): is this the TLS port (%d)? The server's console says more" % (text, TLS_PORT))


def _is_timeout(e):
    kind = getattr(socket, "timeout", None)
    if kind is not None and isinstance(e, kind):
        return True
    number = e.args[0] if e.args else None
    if isinstance(number, int) and number < 0:
        number = -number  # as MicroPython's TLS passes it on
    return number in (errno.ETIMEDOUT, errno.EAGAIN)


def _now_ms():
    return time.ticks_ms() if hasattr(time, "ticks_ms") else int(time.monotonic() * 1000)


def _since_ms(start):
    return time.ticks_diff(time.ticks_ms(), start) if hasattr(time, "ticks_ms") else _now_ms() - start


def _receive(stream, tcp):
    """Collects a reply: until 11 bytes are there, or an X, or the time is up, or the server closes.

    TCP is a stream, so it may come in pieces. Byte by byte: MicroPython's read waits for all that it is asked for, and loses
    what has come when the time is up.
    """
    read = stream.recv if hasattr(stream, "recv") else stream.read
    clock = stream if hasattr(stream, "settimeout") else tcp
    start = _now_ms()
    reply = b""
    while len(reply) < _REPLY_BYTES:
        left = REPLY_MS - _since_ms(start)
        if left <= 0:
            raise _late(reply)
        clock.settimeout(left / 1000)
        try:
            byte = read(1)
        except OSError as e:
            raise _late(reply) if _is_timeout(e) else _lost(e, reply)
        if byte is None:
            raise _late(reply)
        if not byte:
            if reply:
                raise Closed("the server closed in the middle of its reply, after %r" % reply)
            raise Closed("the server closed the connection without a reply: look at its console")
        reply += byte
        if reply == b"X":
            break
        if reply[:1] != b"A":
            raise NotWwep("what came back is not WWEP: it begins with %r: plain WWEP is on %d, TLS on %d" % (reply, PORT, TLS_PORT))
    return reply


def _late(reply):
    if reply:
        return NoReply("only %r came in time: is the network overloaded?" % reply)
    return NoReply("no reply in time: is the message complete, and is this a WWEP server?")


def _lost(e, reply):
    return Closed("the connection broke after %d bytes of the reply (%s): try again, and look at the server's console" % (len(reply), e))


def _value_of(reply, message):
    """Returns the value in an accepted reply to this message."""
    if reply == b"X":
        raise Rejected("X: the message is illegal, or this peer may not do that; the server's console says which")
    try:
        text = reply.decode().upper()
    except (UnicodeError, ValueError):
        text = ""
    if len(text) != _REPLY_BYTES or not all(c in _DIGITS for c in text[1:]):
        raise NotWwep("%r is no reply of WWEP: check the port" % reply)
    if text[1:7] != message[1:7]:
        raise NotWwep("the reply %s is not for %s: look for what changes messages on the way" % (text, message))
    return int(text[7:], 16)
