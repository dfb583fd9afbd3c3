"""Twilio's API 2010-04-01 on this machine: it keeps what it takes, answers as Twilio does, and fails as a test tells it to.

Two habits of Twilio's are kept because they are easily overlooked: a message that is still queued has no `date_sent`, so that a list
filtered by day leaves it out; and the day filters know whole GMT days only, whatever time of day they are given.
"""

import base64
import itertools
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Row = dict[str, Any]
Point = Literal["unread", "read", "taken"]
TRIAL_PREFIX = "Sent from your Twilio trial account - "
_LONGEST_HANG = 60.0


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request.

    `at`: before its body is read, once it is read and put aside, or once the message has been taken. `how`: an answer of `status` with
    `body`, no answer at all for as long as the server lives, or a connection that is dropped.
    """

    how: Literal["answer", "hang", "drop"]
    at: Point = "read"
    status: int = 500
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def refuses(code: int, message: str = "No.", status: int = 400) -> Fault:
    """Twilio's own refusal, with its code."""
    return Fault("answer", "read", status, _error(code, message, status), {"Content-Type": "application/json"})


def too_many(after: str | None = None) -> Fault:
    """429, with Retry-After where `after` is given."""
    more = {} if after is None else {"Retry-After": after}
    return Fault("answer", "read", 429, _error(20429, "Too Many Requests", 429), {"Content-Type": "application/json", **more})


def breaks(status: int = 502, at: Point = "read") -> Fault:
    """A page of a gateway instead of an answer of Twilio's."""
    return Fault("answer", at, status, "<html><body><h1>Bad Gateway</h1></body></html>", {"Content-Type": "text/html"})


def hangs(at: Point = "read") -> Fault:
    """No answer: whoever waits must have a time-out."""
    return Fault("hang", at)


def drops(at: Point = "read") -> Fault:
    """The connection is cut."""
    return Fault("drop", at)


def garbage(at: Point = "taken", body: str = "%%% no JSON", status: int = 201) -> Fault:
    """An answer that says nothing."""
    return Fault("answer", at, status, body, {"Content-Type": "application/json"})


class TwilioServer:
    """A context manager. `base` is its address, `messages` and `calls` what it keeps, the oldest first, as the API shows them.

    `numbers`, `services`, `campaigns` (by service) and `verifications` are what the account sends from and how it is registered (see `number`,
    `service`, `campaign`, `verification`); `date` stands in every answer's Date where it is set.
    `clock` gives the time of what is created (aware). `requests` are method and path of all that came, `most_at_once` how many of them
    were under way together, `connections` how many connections were opened. `opted_out` and `landlines` refuse texts to a number.
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), tls: ssl.SSLContext | None = None) -> None:
        self.clock = clock
        self.account_sid, self.auth_token = "AC" + "0a" * 16, "e1" * 16
        self.messages: list[Row] = []
        self.calls: list[Row] = []
        self.account_status, self.account_type = "active", "Full"
        self.numbers: list[Row] = []
        self.services: dict[str, Row] = {}
        self.campaigns: dict[str, list[Row]] = {}
        self.verifications: list[Row] = []
        self.registry_is_open = True
        self.date = ""
        self.requests: list[tuple[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.most_at_once = self.connections = 0
        self.opted_out: set[str] = set()
        self.landlines: set[str] = set()
        self.trial = False
        self.first_status = ""
        self.before_answer: Callable[[], Any] = lambda: None
        self.closing = threading.Event()
        self._faults: list[tuple[str, str, Fault]] = []
        self._numbers = itertools.count(1)
        self._under_way = 0
        self._lock = threading.RLock()
        self._http = _Http(self)
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.base = f"{'https' if tls else 'http'}://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def fails(self, *faults: Fault, method: str = "POST", to: str = "") -> None:
        """The next requests of a method (to a number, where one is given) go wrong in these ways, one after another.

        A request whose body is not read has no number.
        """
        with self._lock:
            self._faults.extend((method, to, fault) for fault in faults)

    def is_well(self) -> None:
        """No request goes wrong any more."""
        with self._lock:
            self._faults.clear()

    def text_from(self, number: str, words: str, at: datetime | None = None, to: str = "+13125550100", pictures: int = 0) -> str:
        """A text of a customer's arrives; its sid."""
        at = at or self.clock()
        return self._keep(
            self._message(number, to, words, "inbound", "received", at) | {"date_sent": _stamp(at), "num_media": str(pictures)}
        )

    def call(
        self, number: str, at: datetime | None = None, status: str = "completed", duration: int | None = None,
        to: str = "+13125550100", direction: str = "inbound", parent: str | None = None, **more: Any,
    ) -> str:  # fmt: skip
        """A call stands in the log (`parent` is the sid of the call that dialled this one); its sid."""
        at, sid = at or self.clock(), self._sid("CA")
        self.calls.append({
            "sid": sid, "account_sid": self.account_sid, "parent_call_sid": parent, "from": number, "to": to, "direction": direction,
            "status": status, "start_time": _stamp(at), "end_time": _stamp(at), "date_created": _stamp(at),
            "date_updated": _stamp(at), "duration": None if duration is None else str(duration), "caller_name": None,
            "forwarded_from": None, "answered_by": None, "price": None, "price_unit": "USD", "api_version": "2010-04-01",
            "uri": self._path(f"Calls/{sid}.json"), **more,
        })  # fmt: skip
        return sid

    def number(self, number: str, *, sms: bool = True, service: str = "") -> str:
        """The account has a number, in a messaging service where one is named; its sid."""
        sid = self._sid("PN")
        self.numbers.append({
            "sid": sid, "account_sid": self.account_sid, "phone_number": number, "friendly_name": number, "api_version": "2010-04-01",
            "capabilities": {"voice": True, "sms": sms, "mms": sms, "fax": False}, "status": "in-use", "origin": "twilio", "service": service,
            "date_created": _stamp(self.clock()), "date_updated": _stamp(self.clock()), "uri": self._path(f"IncomingPhoneNumbers/{sid}.json"),
        })  # fmt: skip
        return sid

    def service(self, name: str = "Northside texts") -> str:
        """The account has a messaging service; its sid."""
        sid = self._sid("MG")
        self.services[sid] = {"sid": sid, "account_sid": self.account_sid, "friendly_name": name, "us_app_to_person_registered": False}
        return sid

    def campaign(self, service: str, status: str, *reasons: str) -> None:
        """A service's A2P 10DLC campaign stands so: PENDING, IN_PROGRESS, VERIFIED or FAILED."""
        told = [{"error_code": 30886, "error_description": reason, "fields": ["MESSAGE_FLOW"]} for reason in reasons]
        self.campaigns.setdefault(service, []).append({
            "sid": self._sid("QE"), "account_sid": self.account_sid, "messaging_service_sid": service, "campaign_status": status,
            "us_app_to_person_usecase": "LOW_VOLUME", "errors": told,
        })  # fmt: skip

    def verification(self, number_sid: str, status: str, reason: str | None = None) -> None:
        """A toll-free number's verification stands so: PENDING_REVIEW, IN_REVIEW, TWILIO_APPROVED or TWILIO_REJECTED."""
        self.verifications.append({
            "sid": self._sid("HH"), "account_sid": self.account_sid, "tollfree_phone_number_sid": number_sid, "status": status,
            "rejection_reason": reason,
        })  # fmt: skip

    def becomes(self, sid: str, status: str, error_code: int | None = None, **more: Any) -> None:
        """What happened to a message later on."""
        row = self.message(sid)
        if status not in {"queued", "accepted", "sending", "scheduled", "canceled"}:
            row["date_sent"] = row["date_sent"] or _stamp(self.clock())
        row.update({"status": status, "error_code": error_code, "date_updated": _stamp(self.clock()), **more})

    def message(self, sid: str) -> Row:
        """A message by its sid."""
        return next(row for row in self.messages if row["sid"] == sid)

    def outgoing(self) -> list[Row]:
        """The messages that we were given to send."""
        return [row for row in self.messages if row["direction"] != "inbound"]

    # what the handler asks
    def answer(self, method: str, address: str, form: dict[str, str], authorization: str) -> tuple[int, str]:
        """The status and JSON that Twilio would answer with."""
        place, query = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        if authorization != "Basic " + base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode():
            return 401, _error(20003, "Authenticate", 401)
        if method == "POST" and place == self._path("Messages.json"):
            return self._create(form)
        if method == "GET" and place == self._path("Messages.json"):
            return 200, self._list("messages", place, query, "date_sent", "DateSent", {"To": "to", "From": "from"})
        if method == "GET" and place == self._path("Calls.json"):
            fields = {"To": "to", "From": "from", "ParentCallSid": "parent_call_sid", "Status": "status"}
            return 200, self._list("calls", place, query, "start_time", "StartTime", fields)
        if method == "GET" and place == f"/2010-04-01/Accounts/{self.account_sid}.json":
            return 200, json.dumps(self._account())
        if method == "GET" and place == self._path("IncomingPhoneNumbers.json"):
            ours = [_without_service(row) for row in self.numbers if row["phone_number"] == query.get("PhoneNumber", row["phone_number"])]
            return 200, json.dumps(_page("incoming_phone_numbers", place, query, ours))
        if method == "GET" and place.startswith("/v1/"):
            return self._registry(place, query)
        one = re.fullmatch(re.escape(self._path("Messages/")) + r"(\w+)\.json", place)
        if method == "GET" and one and any(row["sid"] == one[1] for row in self.messages):
            return 200, json.dumps(self.message(one[1]))
        return 404, _error(20404, f"The requested resource {place} was not found", 404)

    def _account(self) -> Row:
        when = _stamp(self.clock())
        return {
            "sid": self.account_sid, "owner_account_sid": self.account_sid, "auth_token": self.auth_token, "friendly_name": "Northside",
            "status": self.account_status, "type": self.account_type, "date_created": when, "date_updated": when,
            "subresource_uris": {}, "uri": f"/2010-04-01/Accounts/{self.account_sid}.json",
        }  # fmt: skip

    def _registry(self, place: str, query: dict[str, str]) -> tuple[int, str]:
        """What messaging.twilio.com answers: services, their numbers and campaigns, and toll-free verifications."""
        if not self.registry_is_open:
            return 403, _error(20403, "Forbidden", 403)
        if place == "/v1/Services":
            return 200, _listed("services", list(self.services.values()))
        if place == "/v1/Tollfree/Verifications":
            number = query.get("TollfreePhoneNumberSid", "")
            return 200, _listed("verifications", [one for one in self.verifications if one["tollfree_phone_number_sid"] == number])
        found = re.fullmatch(r"/v1/Services/(\w+)(/PhoneNumbers|/Compliance/Usa2p)?", place)
        if found is None or found[1] not in self.services:
            return 404, _error(20404, f"The requested resource {place} was not found", 404)
        if found[2] == "/PhoneNumbers":
            return 200, _listed("phone_numbers", [self._pooled(row) for row in self.numbers if row["service"] == found[1]])
        if found[2]:
            return 200, _listed("compliance", self.campaigns.get(found[1], []))
        return 200, json.dumps(self.services[found[1]])

    def _pooled(self, row: Row) -> Row:
        able = [name for name, key in (("Voice", "voice"), ("SMS", "sms"), ("MMS", "mms")) if row["capabilities"][key]]
        return {"sid": row["sid"], "account_sid": self.account_sid, "service_sid": row["service"], "phone_number": row["phone_number"],
                "country_code": "US", "capabilities": able}  # fmt: skip

    def fault_for(self, method: str, form: Mapping[str, str]) -> Fault | None:
        """The next fault that was asked for and fits."""
        with self._lock:
            for entry in self._faults:
                if entry[0] == method and entry[1] in {"", form.get("To", "")}:
                    self._faults.remove(entry)
                    return entry[2]
        return None

    def peek(self, method: str, at: Point) -> bool:
        """Whether the next fault for a method strikes at this point."""
        with self._lock:
            first = next((entry for entry in self._faults if entry[0] == method), None)
        return first is not None and first[1] == "" and first[2].at == at

    def began(self, method: str, address: str, form: dict[str, str]) -> None:
        """Count a request."""
        with self._lock:
            self.requests.append((method, address))
            self.forms.append(form)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)

    def ended(self) -> None:
        """A request is answered, or given up."""
        with self._lock:
            self._under_way -= 1

    def _create(self, form: dict[str, str]) -> tuple[int, str]:
        to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
        wrong = self._what_is_wrong(to, sender or form.get("MessagingServiceSid", ""), body, form.get("ValidityPeriod", "14400"))
        if wrong is not None:
            return 400, _error(*wrong, 400)
        status = self.first_status or ("queued" if sender else "accepted")
        words = TRIAL_PREFIX + body if self.trial else body
        row = self._message(sender or None, to, words, "outbound-api", status, self.clock())
        row |= {"messaging_service_sid": form.get("MessagingServiceSid"), "num_segments": "1" if sender else "0"}
        self._keep(row)
        return 201, json.dumps(row)

    def _what_is_wrong(self, to: str, sender: str, body: str, valid: str) -> tuple[int, str] | None:
        if not to:
            return 21604, "A 'To' phone number is required."
        if not re.fullmatch(r"\+?[1-9]\d{6,14}", to):
            return 21211, f"Invalid 'To' Phone Number: {to[:5]}XXXX"
        if not sender:
            return 21603, "A 'From' phone number is required."
        if not body:
            return 21602, "Message body is required."
        if len(body) > 1600:
            return 21617, "The concatenated message body exceeds the 1600 character limit."
        if not (valid.isdigit() and 1 <= int(valid) <= 36000):
            return 20001, "ValidityPeriod must be between 1 and 36000"
        if to in self.opted_out:
            return 21610, "Attempt to send to unsubscribed recipient"
        return (21614, f"To number: {to}, is not a mobile number") if to in self.landlines else None

    def _message(self, sender: str | None, to: str, words: str, direction: str, status: str, at: datetime) -> Row:
        sid, when = self._sid("SM"), _stamp(at)
        return {
            "sid": sid, "account_sid": self.account_sid, "messaging_service_sid": None, "from": sender, "to": to, "body": words,
            "direction": direction, "status": status, "date_created": when, "date_updated": when, "date_sent": None,
            "error_code": None, "error_message": None, "num_segments": "1", "num_media": "0", "price": None, "price_unit": "USD",
            "api_version": "2010-04-01", "uri": self._path(f"Messages/{sid}.json"),
            "subresource_uris": {"media": self._path(f"Messages/{sid}/Media.json")},
        }  # fmt: skip

    def _list(self, name: str, place: str, query: dict[str, str], day_of: str, day_filter: str, fields: Mapping[str, str]) -> str:
        with self._lock:
            rows = getattr(self, name)[::-1]
        wanted = [row for row in rows if all(row[column] == query[key] for key, column in fields.items() if key in query)]
        for key, fits in _DAY_FITS.items():
            if day_filter + key in query:
                day = query[day_filter + key][:10]
                wanted = [row for row in wanted if row[day_of] and fits(_gmt_day(row[day_of]), day)]
        wanted.sort(key=lambda row: parsedate_to_datetime(row[day_of] or row["date_created"]), reverse=True)
        return json.dumps(_page(name, place, query, wanted))

    def _keep(self, row: Row) -> str:
        with self._lock:
            self.messages.append(row)
        return str(row["sid"])

    def _sid(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):032x}"

    def _path(self, rest: str) -> str:
        return f"/2010-04-01/Accounts/{self.account_sid}/{rest}"


_DAY_FITS: Mapping[str, Callable[[str, str], bool]] = {"": str.__eq__, "<": str.__le__, ">": str.__ge__}


def _stamp(moment: datetime) -> str:
    """Twilio writes every time in GMT, and its official client relies on that."""
    return format_datetime(moment.astimezone(UTC))


def _gmt_day(text: str) -> str:
    return parsedate_to_datetime(text).astimezone(UTC).date().isoformat()


def _page(name: str, place: str, query: dict[str, str], rows: list[Row]) -> Row:
    """A page begins after the row that its token names, so that what arrives meanwhile moves nothing."""
    size, number = min(int(query.get("PageSize", 50)), 1000), int(query.get("Page", 0))
    after = query.get("PageToken", "")[2:]
    start = next((index + 1 for index, row in enumerate(rows) if row["sid"] == after), 0)
    shown = rows[start : start + size]
    filters = {key: value for key, value in query.items() if not key.startswith("Page")}

    def uri(page: int, token: str = "") -> str:
        return (
            place + "?" + urlencode({**filters, "PageSize": size, "Page": page, **({"PageToken": token} if token else {})}, quote_via=quote)
        )

    more = len(rows) > start + size
    return {
        name: shown, "page": number, "page_size": size, "start": start, "end": start + len(shown), "uri": uri(number),
        "first_page_uri": uri(0), "previous_page_uri": None,
        "next_page_uri": uri(number + 1, "PA" + shown[-1]["sid"]) if more else None,
    }  # fmt: skip


def _listed(key: str, rows: list[Row]) -> str:
    """A whole list as Twilio's newer parts answer with it."""
    return json.dumps({key: rows, "meta": {"key": key, "page": 0, "page_size": 50, "next_page_url": None, "previous_page_url": None}})


def _without_service(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "service"}


def _error(code: int, message: str, status: int) -> str:
    return json.dumps({"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status})


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, owner: TwilioServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.server.owner.connections += 1

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        owner = self.server.owner
        if owner.peek("POST", "unread"):
            owner.began(self.command, self.path, {})
            fault = owner.fault_for("POST", {})
            assert fault is not None
            self._go_wrong(fault)
            owner.ended()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._serve(dict(parse_qsl(body, keep_blank_values=True)))

    def _serve(self, form: dict[str, str]) -> None:
        owner = self.server.owner
        owner.began(self.command, self.path, form)
        try:
            fault = owner.fault_for(self.command, form)
            if fault is None or fault.at == "taken":
                status, body = owner.answer(self.command, self.path, form, self.headers.get("Authorization", ""))
            owner.before_answer()
            if fault is not None:
                self._go_wrong(fault)
            else:
                self._answer(status, body, {"Content-Type": "application/json"}.items())
        finally:
            owner.ended()

    def _go_wrong(self, fault: Fault) -> None:
        if fault.how == "answer":
            self._answer(fault.status, fault.body, fault.headers.items())
            return
        if fault.how == "hang":
            self.server.owner.closing.wait(_LONGEST_HANG)
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: str, headers: Iterable[tuple[str, str]]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def date_time_string(self, timestamp: float | None = None) -> str:
        return self.server.owner.date or super().date_time_string(timestamp)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
