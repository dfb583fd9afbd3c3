"""Google on this machine: hands out tokens, keeps spreadsheets and answers as the Sheets and Drive APIs do, with faults where a test wants them."""

import gzip
import json
import os
import secrets
import socket
import ssl
import threading
import time as clock
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.providers.google_book import EMAIL, Spreadsheet, Tab, kept, place_of, put, range_of, shown, told, trimmed
from tests.providers.google_discovery import mask_of, masked, scopes, wrong_with, wrong_with_answer
from tests.providers.http_server import Answer, Break, Handler, HttpServer

KEY = "1NorthsideBooksOfTheTests-0123456789_abcdefgh"
AUDIENCE = "https://oauth2.googleapis.com/token"
HTML_502 = (
    b"<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n<p>The server encountered a temporary error.\n</html>"
)
READS_A_MINUTE = 60


@dataclass
class Fault:
    """What goes wrong with one request, and when: once it is read, or once it was carried out. `to` is a part of its path."""

    when: Literal["read", "done"]
    what: Answer | Break | Literal["garbled"]
    to: str = ""


def error(status: int, name: str, message: str, *details: dict[str, Any], **headers: str) -> Answer:
    """A refusal in the Sheets API's form."""
    told: dict[str, Any] = {"code": status, "message": message, "status": name}
    return Answer(status, {"error": told | ({"details": list(details)} if details else {})}, headers)


def drive_error(status: int, reason: str, message: str) -> Answer:
    """A refusal in the Drive API's form."""
    return Answer(
        status, {"error": {"errors": [{"domain": "global", "reason": reason, "message": message}], "code": status, "message": message}}
    )


def not_enabled(service: str = "sheets.googleapis.com", name: str = "Google Sheets API") -> Answer:
    where = f"https://console.developers.google.com/apis/api/{service}/overview?project=123456789012"
    message = (
        f"{name} has not been used in project 123456789012 before or it is disabled. Enable it by visiting {where} then retry. "
        "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."
    )
    about = {"service": service, "consumer": "projects/123456789012", "activationUrl": where, "serviceTitle": name}
    return error(
        403, "PERMISSION_DENIED", message,
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED", "domain": "googleapis.com", "metadata": about},
    )  # fmt: skip


def too_many(**headers: str) -> Answer:
    about = {"quota_limit_value": "60", "service": "sheets.googleapis.com", "quota_unit": "1/min/{project}/{user}"}
    message = (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com' "
        "for consumer 'project_number:123456789012'."
    )
    return error(
        429, "RESOURCE_EXHAUSTED", message,
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": about},
        **headers,
    )  # fmt: skip


@cache
def rsa_key(name: str = "first") -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def own_certificate(folder: Path) -> ssl.SSLContext:
    """What a server shows that has signed its certificate itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(rsa_key().public_key()).serial_number(1)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    signed = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).sign(rsa_key(), SHA256())
    file = folder / "server.pem"
    file.write_bytes(pem(rsa_key()).encode() + signed.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


class GoogleServer(HttpServer):
    """`requests` are those to the APIs; `invalid` is what Google's description does not allow about them, or about our own answers."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.spreadsheets: dict[str, Spreadsheet] = {}
        self.faults: deque[Fault] = deque()
        self.requests: list[str] = []
        self.invalid: list[str] = []
        self.logins = 0
        self.known = {EMAIL: rsa_key()}
        self.ahead = 0.0
        self.now: Callable[[], float] = clock.time
        self.page = 1000
        self.meanwhile: Callable[[str], object] = lambda path: None
        self._tokens: dict[str, tuple[str, set[str]]] = {}
        self._reads: deque[float] = deque()
        self._lock = threading.Lock()
        super().__init__(_Handler, tls)

    # ── what a test says ──

    def keep(self, title: str, *tabs: Tab, key: str = KEY, **more: Any) -> Spreadsheet:
        """A spreadsheet that is shared with the account."""
        self.spreadsheets[key] = Spreadsheet(title, list(tabs), **more)
        return self.spreadsheets[key]

    def account(self, **changed: Any) -> dict[str, Any]:
        """The key file's content, as the console hands it out; its token address is this server's."""
        return {
            "type": "service_account", "project_id": "northside-books", "private_key_id": "0123456789abcdef", "private_key": pem(rsa_key()),
            "client_email": EMAIL, "client_id": "100000000000000000001", "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{self.base}/token", "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "universe_domain": "googleapis.com",
        } | changed  # fmt: skip

    def next(self, what: Any, when: Literal["read", "done"] = "read", to: str = "/v") -> None:
        """The next request that has no fault yet goes wrong like this; `to` is a part of its path."""
        self.faults.append(Fault(when, what, to))

    def forget_tokens(self) -> None:
        self._tokens.clear()

    def cell(self, tab: str, place: str, key: str = KEY) -> Any:
        """What stands in a cell, None where there is none."""
        [found] = [one for one in self.spreadsheets[key].tabs if one.title == tab]
        row, column = place_of(place)
        return found.rows[row][column] if row < len(found.rows) and column < len(found.rows[row]) else None

    def asked(self, part: str) -> list[str]:
        return [one for one in self.requests if part in one]

    # ── what the handler asks ──

    def fault(self, path: str) -> Fault | None:
        with self._lock:
            for one in self.faults:
                if one.to in path:
                    self.faults.remove(one)
                    return one
        return None

    def carry_out(self, verb: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        if urlsplit(target).path == "/token":
            return self._token(body)
        with self._lock:
            self.requests.append(f"{verb} {unquote(target)}")
            self.invalid += wrong_with(verb, target, body)
        email, granted = self._tokens.get(headers.get("authorization", "").removeprefix("Bearer "), ("", set()))
        if not email:
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token.")
        if not granted & scopes(verb, target):
            return error(
                403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", {"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
            )
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        answer = self._drive(path, query, email) if path.startswith("/drive/") else self._sheets(verb, path, query, body, email)
        if answer.status == 200:
            self.invalid += wrong_with_answer(verb, target, answer.body)
        if answer.status == 200 and "fields" in query:
            answer.body = masked(answer.body, mask_of(query["fields"][-1]))
        return answer

    def _token(self, body: bytes) -> Answer:
        asked = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
        head, claims, signature = asked["assertion"].split(".")
        told = json.loads(_unpacked(claims))
        key = self.known.get(told["iss"])
        if key is None:
            return _no_grant("Invalid grant: account not found")
        try:
            key.public_key().verify(_unpacked(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())
        except InvalidSignature:
            return _no_grant("Invalid JWT Signature.")
        if told["aud"] != AUDIENCE or asked["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return _no_grant("Invalid JWT: Failed audience check.")
        now = self.now() + self.ahead
        if not (told["iat"] - 300 <= now <= told["exp"] and told["exp"] - told["iat"] <= 3600):
            return _no_grant(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim."
            )
        token = f"ya29.{secrets.token_hex(16)}"
        with self._lock:
            self.logins += 1
            self._tokens[token] = (told["iss"], set(told["scope"].split()))
        return Answer(200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    def _sheets(self, verb: str, path: str, query: dict[str, list[str]], body: bytes, email: str) -> Answer:
        key, _, what = path.removeprefix("/v4/spreadsheets/").partition("/")
        if verb == "GET" and not self._within_quota():
            return too_many()
        book = self.spreadsheets.get(key)
        if book is None:
            return error(404, "NOT_FOUND", "Requested entity was not found.")
        if book.kind != "google":
            return error(400, "FAILED_PRECONDITION", "This operation is not supported for this document")
        if email not in book.shared or (verb != "GET" and book.shared[email] != "writer"):
            return error(403, "PERMISSION_DENIED", "The caller does not have permission")
        if what == "":
            return _about(key, book, query)
        if what == "values:batchGet":
            return _batch_get(key, book, query)
        if what == "values:batchUpdate":
            return _batch_update(key, book, json.loads(body))
        return error(404, "NOT_FOUND", "Method not found.")

    def _within_quota(self) -> bool:
        now = self.now()
        with self._lock:
            while self._reads and self._reads[0] <= now - 60:
                self._reads.popleft()
            if len(self._reads) >= READS_A_MINUTE:
                return False
            self._reads.append(now)
            return True

    def _drive(self, path: str, query: dict[str, list[str]], email: str) -> Answer:
        seen = {key: book for key, book in self.spreadsheets.items() if email in book.shared}
        key = path.removeprefix("/drive/v3/files").strip("/")
        if key:
            if key not in seen:
                return drive_error(404, "notFound", f"File not found: {key}.")
            return Answer(200, _file(key, seen[key], email))
        if query["q"] != ["mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false"]:
            return drive_error(400, "invalid", "Invalid Value")
        begin = int(query.get("pageToken", ["0"])[0])
        files = [_file(key, book, email) for key, book in seen.items() if book.kind == "google" and not book.trashed]
        more = {"nextPageToken": str(begin + self.page)} if begin + self.page < len(files) else {}
        return Answer(200, {"kind": "drive#fileList", "incompleteSearch": False, "files": files[begin : begin + self.page], **more})


def _no_grant(description: str) -> Answer:
    return Answer(400, {"error": "invalid_grant", "error_description": description})


def _unpacked(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _file(key: str, book: Spreadsheet, email: str) -> dict[str, Any]:
    stamp = book.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "kind": "drive#file",
        "id": key,
        "name": book.title,
        "mimeType": "application/vnd.google-apps.spreadsheet",
        "modifiedTime": stamp,
        "capabilities": {"canEdit": book.shared[email] == "writer"},
    }


def _about(key: str, book: Spreadsheet, query: dict[str, list[str]]) -> Answer:
    """Without ranges all sheets; with ranges those that they name, and their cells where the mask asks for them."""
    with_cells = "data" in mask_of(query["fields"][-1]).get("sheets", {}) if "fields" in query else False
    wanted = [range_of(book, place)[0] for place in query.get("ranges", [])]
    if None in wanted:
        return error(400, "INVALID_ARGUMENT", f"Unable to parse range: {query['ranges'][wanted.index(None)]}")
    tabs = [(number, tab) for number, tab in enumerate(book.tabs) if not wanted or tab in wanted]
    return Answer(
        200,
        {
            "spreadsheetId": key,
            "properties": {"title": book.title, "locale": "en_US", "autoRecalc": "ON_CHANGE", "timeZone": book.zone},
            "sheets": [_tab(number, tab) | (_cells(number, tab) if with_cells else {}) for number, tab in tabs],
            "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{key}/edit",
        },
    )


def _tab(number: int, tab: Tab) -> dict[str, Any]:
    about: dict[str, Any] = {"sheetId": number * 1000, "title": tab.title, "index": number, "sheetType": tab.kind}
    if tab.kind == "GRID":
        about["gridProperties"] = {"rowCount": max(1000, len(tab.rows)), "columnCount": max(26, *(len(row) for row in tab.rows or [[]]))}
    if tab.hidden:
        about["hidden"] = True
    return {"properties": about}


def _cells(number: int, tab: Tab) -> dict[str, Any]:
    """What was entered and what stands there, and the merged blocks; zeros at the beginning of a block of cells are left out."""
    rows = [[told(tab.entered(row, column), cell) for column, cell in enumerate(cells)] for row, cells in enumerate(tab.shown())]
    merges = [
        {"sheetId": number * 1000, "startRowIndex": top, "endRowIndex": bottom + 1, "startColumnIndex": left, "endColumnIndex": right + 1}
        for top, left, bottom, right in tab.blocks()
    ]
    return {"data": [{"rowData": [{"values": row} if row else {} for row in rows]}], **({"merges": merges} if merges else {})}


def _batch_get(key: str, book: Spreadsheet, query: dict[str, list[str]]) -> Answer:
    if query["valueRenderOption"] != ["UNFORMATTED_VALUE"]:
        return error(501, "UNIMPLEMENTED", "Only unformatted values are given out here.")
    written = query.get("dateTimeRenderOption") == ["FORMATTED_STRING"]
    given = []
    for place in query["ranges"]:
        tab, cell = range_of(book, place)
        if tab is None or tab.kind != "GRID":
            return error(400, "INVALID_ARGUMENT", f"Unable to parse range: {place}")
        rows = tab.shown()
        rows = rows if cell is None else [row[cell[1] : cell[1] + 1] for row in rows[cell[0] : cell[0] + 1]]
        values = trimmed([[shown(value, written) for value in row] for row in rows])
        given.append({"range": place, "majorDimension": "ROWS", **({"values": values} if values else {})})
    return Answer(200, {"spreadsheetId": key, "valueRanges": given})


def _batch_update(key: str, book: Spreadsheet, body: dict[str, Any]) -> Answer:
    if body["valueInputOption"] != "RAW":
        return error(501, "UNIMPLEMENTED", "Only raw values are taken here.")
    places = []
    for one in body["data"]:
        tab, cell = range_of(book, one["range"])
        if tab is None or cell is None:
            return error(400, "INVALID_ARGUMENT", f"Unable to parse range: {one['range']}")
        if tab.protected:
            return error(
                400,
                "INVALID_ARGUMENT",
                "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.",
            )
        places.append((tab, cell, one["values"][0][0]))
    for tab, (row, column), value in places:
        if not tab.hidden_in_merge(row, column):  # there Google takes a value, and drops it
            put(tab.rows, row, column, kept(value, tab.entered(row, column)))
    return Answer(200, {"spreadsheetId": key, "totalUpdatedCells": len(places), "totalUpdatedRows": len(places), "totalUpdatedSheets": 1})


class _Handler(Handler):
    owner: GoogleServer

    def do_GET(self) -> None:
        headers, body = self.asked()
        fault = self.owner.fault(self.path)
        self.owner.meanwhile(self.path)
        if fault is not None and fault.when == "read":
            if urlsplit(self.path).path != "/token":
                self.owner.requests.append(f"{self.command} {unquote(self.path)}")
            self._goes_wrong(fault)
            return
        answer = self.owner.carry_out(self.command, self.path, headers, body)
        if fault is not None:
            self._goes_wrong(fault, answer)
        else:
            self._answer(answer)

    do_POST = do_GET  # noqa: N815

    def _goes_wrong(self, fault: Fault, answer: Answer | None = None) -> None:
        what = fault.what
        if isinstance(what, Answer):
            self._answer(what)
            return
        if what == "garbled":
            self._garble()
            return
        self.breaks(what)
        if what == "garbage":
            self._answer(Answer(200, b"<html>This is a hotel's log-in page</html>", {"Content-Type": "text/html"}))
        elif what == "half":
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"spreadsheetId": ')

    def _garble(self) -> None:
        """Beneath TLS, a record that nobody can read."""
        self.close_connection = True
        with socket.socket(fileno=os.dup(self.connection.fileno())) as line:
            line.sendall(b"\x17\x03\x03\x00\x20" + b"x" * 32)

    def _answer(self, answer: Answer) -> None:
        as_json = not isinstance(answer.body, bytes)
        pretty = "prettyPrint=false" not in self.path
        body = json.dumps(answer.body, indent=2 if pretty else None).encode() if as_json else answer.body
        headers = {"Content-Type": "application/json; charset=UTF-8" if as_json else "text/html", "Date": self._date(), **answer.headers}
        if "gzip" in self.headers.get("Accept-Encoding", "") and as_json:
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        self.send_response_only(answer.status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _date(self) -> str:
        return formatdate(self.owner.now() + self.owner.ahead, usegmt=True)
