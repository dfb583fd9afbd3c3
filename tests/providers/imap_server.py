"""A real IMAP server on this machine: Dovecot as Debian ships it, with a folder, ports, users and a certificate of its own.

It listens on 127.0.0.1 only, runs as whoever runs the tests (as root it hands its mail to "nobody", because Dovecot gives no mail to root),
and is ended by its process id. What a client fetched can be read in the server's own words: `fetched()`.
"""

import imaplib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path

from tests.stories.mail_server import free_port, until

USER, PASSWORD = "office@northside.example", "correct horse"
_SECONDS_TO_START = 20.0
_KEEPER = '("$0" -F -c "$1"; kill -9 0) & cat; kill -9 0'
"""A shell that ends with the server, and the server with us however we end: then what `cat` reads from is closed."""
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
first_valid_uid = 1
first_valid_gid = 0
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
mail_fsync = never
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/homes/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "{sent_folder}" {{
    auto = subscribe
    special_use = {sent_flag}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""


@cache
def why_no_dovecot() -> str:
    """What is missing, in plain words; "" where Dovecot can be had."""
    program = _program()
    if program is None:
        return "Dovecot is not installed (Debian: apt-get install dovecot-imapd)"
    if not any(Path(folder, "imap").exists() for folder in ("/usr/lib/dovecot", "/usr/libexec/dovecot", "/usr/local/libexec/dovecot")):
        return "Dovecot is here without IMAP (Debian: apt-get install dovecot-imapd)"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return "" if version.startswith("2.3.") else f"Dovecot 2.3 is wanted (Debian 12), {version.strip()} reads another configuration"


def _program() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class ImapServer:
    """A server that runs. `port` speaks plainly and knows STARTTLS, `tls_port` is encrypted from the start; `ca` signed its certificate."""

    folder: Path
    port: int
    tls_port: int
    process: "subprocess.Popen[bytes]"

    @property
    def ca(self) -> Path:
        """The authority, as SSL_CERT_FILE takes it."""
        return self.folder / "ca.pem"

    def put(self, mail: Message | bytes | str, folder: str = "INBOX", arrived: datetime | None = None, flags: str = "") -> int:
        """Lay a mail into a folder (made where there is none), as if it had arrived then; its UID."""
        return self.put_all([mail], folder, arrived, flags)[0]

    def put_all(
        self, mails: Iterable[Message | bytes | str], folder: str = "INBOX", arrived: datetime | None = None, flags: str = ""
    ) -> list[int]:
        """Lay mails into a folder in one session; their UIDs. Dovecot takes no moment of arrival that is still to come."""
        uids = []
        with self.client() as client:
            client.create(_named(folder))
            for mail in mails:
                said, (answer,) = client.append(_named(folder), flags or None, arrived, _content(mail))  # type: ignore[arg-type]
                found = re.search(rb"APPENDUID \d+ (\d+)", answer)
                assert said == "OK", answer
                assert found, answer
                uids.append(int(found[1]))
        return uids

    def flags(self, folder: str = "INBOX") -> dict[int, str]:
        """What is marked on each mail of a folder, by UID; looking changes nothing."""
        with self.client() as client:
            client.select(_named(folder), readonly=True)
            _, lines = client.uid("FETCH", "1:*", "(FLAGS)")
        found = [re.search(rb"UID (\d+) FLAGS \((.*?)\)|FLAGS \((.*?)\) UID (\d+)", line) for line in lines if isinstance(line, bytes)]
        return {int(one[1] or one[4]): (one[2] or one[3] or b"").decode() for one in found if one}

    def empty(self, folder: str = "INBOX") -> None:
        """Throw all mail of a folder away."""
        with self.client() as client:
            client.select(_named(folder))
            client.uid("STORE", "1:*", "+FLAGS", "\\Deleted")
            client.expunge()

    def remove(self, folder: str) -> None:
        """Delete a folder: made again, it has another UIDVALIDITY."""
        with self.client() as client:
            assert client.delete(_named(folder))[0] == "OK"

    def client(self) -> imaplib.IMAP4:
        """The standard library's own client, logged in."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(USER, PASSWORD)
        return client

    def fetched(self, sessions: int) -> list[dict[str, int]]:
        """What each of the first sessions asked for, in Dovecot's own count: hdr_count, hdr_bytes, body_count, body_bytes, in, out.

        Sessions of `put` and `flags` count too. It is waited for: Dovecot writes it once the client has gone.
        """
        log = self.folder / "dovecot.log"

        def lines() -> list[str]:
            return [line for line in log.read_text("utf-8", "replace").splitlines() if "hdr_count=" in line]

        until(lambda: len(lines()) >= sessions)
        return [{name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", line)} for line in lines()]

    def stop(self) -> None:
        """End it and the processes that it started, open sessions too: they are a group of their own, led by its process id."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


@contextmanager
def imap_server(sent_folder: str = "Sent", sent_flag: str = "\\Sent") -> Iterator[ImapServer]:
    """A server with an empty INBOX and a Sent folder, known to USER with PASSWORD."""
    program = _program()
    assert program, why_no_dovecot()
    with tempfile.TemporaryDirectory(prefix="imap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ports = free_port(), free_port()
        _set_up(folder, ports, sent_folder, sent_flag)
        command = ["sh", "-c", _KEEPER, program, str(folder / "dovecot.conf")]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        server = ImapServer(folder, *ports, process)
        try:
            _wait(server)
            yield server
        finally:
            server.stop()


def _content(mail: Message | bytes | str) -> bytes:
    raw = mail.as_bytes() if isinstance(mail, Message) else mail.encode() if isinstance(mail, str) else mail
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)


def _named(folder: str) -> str:
    """A folder's name as IMAP spells it."""
    from imap_tools.imap_utf7 import utf7_encode

    return f'"{utf7_encode(folder).decode()}"'


def _set_up(folder: Path, ports: tuple[int, int], sent_folder: str, sent_flag: str) -> None:
    import grp
    import pwd

    me = pwd.getpwuid(os.getuid())
    root = me.pw_uid == 0
    owner = pwd.getpwnam("nobody") if root else me
    homes = folder / "homes"
    homes.mkdir()
    os.chown(homes, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    _make_certificates(folder)
    known = {"login_user": "dovenull", "internal_user": "dovecot", "internal_group": "dovecot"}
    mine = {"login_user": me.pw_name, "internal_user": me.pw_name, "internal_group": grp.getgrgid(me.pw_gid).gr_name}
    settings = _CONFIG.format(folder=folder, port=ports[0], tls_port=ports[1], uid=owner.pw_uid, gid=owner.pw_gid,
                              sent_folder=sent_folder, sent_flag=sent_flag, **(known if root else mine))  # fmt: skip
    (folder / "dovecot.conf").write_text(settings, encoding="utf-8")


def _wait(server: ImapServer) -> None:
    """Until it listens, on both ports."""
    ends = time.monotonic() + _SECONDS_TO_START
    for port in (server.port, server.tls_port):
        while True:
            if server.process.poll() is not None or time.monotonic() > ends:
                raise AssertionError(f"Dovecot did not start: {_why(server)}")
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                time.sleep(0.02)


def _why(server: ImapServer) -> str:
    server.stop()
    log = server.folder / "dovecot.log"
    said = server.process.stderr.read().decode("utf-8", "replace") if server.process.stderr else ""
    return said + (log.read_text("utf-8", "replace") if log.exists() else "")


def _make_certificates(folder: Path) -> None:
    """An authority (ca.pem), and what it gave to localhost and 127.0.0.1 (server.pem, server.key)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    def named(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def certificate(name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, authority: bool) -> bytes:
        now = datetime.now(UTC)
        begun = x509.CertificateBuilder(named("Test authority"), named(name), key.public_key(), x509.random_serial_number())
        names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
        built = begun.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=2))
        built = built.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        built = built if authority else built.add_extension(names, critical=False)
        return built.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "ca.pem").write_bytes(certificate("Test authority", authority, authority, authority=True))
    (folder / "server.pem").write_bytes(certificate("localhost", key, authority, authority=False))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.key").write_bytes(private)
