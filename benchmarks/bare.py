"""The bare script that a handy person would write with pandas and calamine: no ledger, no checks. `bare.py WORKBOOK PORT SENT_FILE [ENGINE]`.

It reads, takes the rows that are due, e-mails each over one connection, and notes which it has sent.
"""

import json
import smtplib
import sys
from email.message import EmailMessage
from pathlib import Path

import pandas as pd

TODAY = pd.Timestamp("2026-11-23")


def main(workbook: str, port: int, sent_file: str, engine: str = "calamine") -> None:
    """Do it."""
    frame = pd.read_excel(workbook, engine=engine)
    done = set(json.loads(Path(sent_file).read_text())) if Path(sent_file).exists() else set()
    due = frame[(frame["Status"] == "Sent") & (TODAY - frame["Emailed"] >= pd.Timedelta(days=2)) & ~frame["Estimate #"].isin(done)]
    if len(due):
        with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
            for row in due.itertuples():
                mail = EmailMessage()
                mail["From"], mail["To"], mail["Subject"] = "office@bench.example", row.Email, "Your estimate"
                mail.set_content(f"Hi {row.Customer.split()[0]}, any questions about the estimate for {row[6]} (${row.Total:,.2f})?")
                server.send_message(mail)
                done.add(row[1])
        Path(sent_file).write_text(json.dumps(sorted(done)))
    print(f"{len(frame)} rows, {len(due)} sent")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
