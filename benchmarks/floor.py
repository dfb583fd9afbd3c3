"""What sending can cost at least: one kept-open connection and two durable commits a message. `floor.py PORT COUNT DATABASE`."""

import smtplib
import sqlite3
import sys
from email.message import EmailMessage
from pathlib import Path


def main(port: int, count: int, database: str) -> None:
    """Send so many."""
    Path(database).unlink(missing_ok=True)
    ledger = sqlite3.connect(database, isolation_level=None)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("PRAGMA synchronous = FULL")
    ledger.execute("CREATE TABLE steps (id INTEGER PRIMARY KEY, state TEXT)")
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
        for number in range(count):
            ledger.execute("INSERT INTO steps VALUES (?, 'claimed')", (number,))
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "office@bench.example", f"person{number}@bench.example", "Your estimate"
            mail.set_content("Hi Ann, any questions about the estimate for a new furnace ($1,250.00)?")
            server.send_message(mail)
            ledger.execute("UPDATE steps SET state = 'sent' WHERE id = ?", (number,))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
