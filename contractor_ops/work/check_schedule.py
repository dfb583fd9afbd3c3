"""What `check` sees of the office running by itself: whether a schedule is installed, whether it is the right one, and what did not run."""

import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.office_channels import provider_of
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.planning.phrases import count
from contractor_ops.reports.format import moment
from contractor_ops.secrets import kept_in
from contractor_ops.timetable.jobs import INBOX, Job
from contractor_ops.timetable.place import Place
from contractor_ops.work.beats import beats_of, host, unheard
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.cron import Kind, only_shipped, place_of, readable_jobs, zone_trouble
from contractor_ops.work.cron_left import left_behind, left_remedy, left_sentence
from contractor_ops.work.missed_runs import last_runs, missed_by
from contractor_ops.work.schedule_seen import WATCH, kept_by, stops_at_logout

_INSTALL, _WATCH = "contractor-ops cron --install", "contractor-ops watch"


def check_schedule(office: Office, now: datetime, told: Collection[str] = ()) -> Iterator[Finding]:
    """Told about recipes that somebody has taken up; of others only that nothing runs by itself yet.

    `told` are the lines of findings that stand above: a mistake in a recipe is not said again.
    """
    try:
        (jobs, unread), place = readable_jobs(office), place_of(office, now)
        keepers = dict(kept_by(office, jobs, place, now))
        missed = missed_by(office, now)
        ran = bool(last_runs(office, [job for job in jobs if INBOX not in job.keys]))
    except ContractorOpsError as error:
        yield Finding("warning", "schedule", error.message, error.remedy)
        return
    untold = [wrong for wrong in unread.values() if not set(told).issuperset(wrong.message.splitlines())]
    yield from (Finding("warning", "schedule", wrong.message, wrong.remedy) for wrong in untold)
    again = _WATCH if missed and all(one.by_watch for one in missed) else _INSTALL
    yield from _kept(office, jobs, keepers, again, ran=ran, on_time=not missed)
    yield from (
        Finding("warning", "schedule", one.sentence(now),
                f"If this machine was off then, nothing is wrong; else: {_WATCH if one.by_watch else _INSTALL}") for one in missed
    )  # fmt: skip
    yield from _right(keepers, place)
    yield from (Finding("warning", "schedule", left_sentence(kind, folder), left_remedy(kind, folder)) for kind, folder in left_behind())
    if keepers or ran:
        yield from _heartbeat(office, now)
    if keepers.keys() - {WATCH}:
        yield from _secrets(office)


def _kept(office: Office, jobs: Sequence[Job], keepers: dict[str, bool], again: str, *, ran: bool, on_time: bool) -> Iterator[Finding]:
    recipes = [job for job in jobs if job.keys and INBOX not in job.keys]
    for kind, right in keepers.items():
        yield Finding("ok", "schedule", f"kept by {kind}: {count(len(jobs), 'job')}")
        if not right:
            yield Finding("warning", "schedule", f"what {kind} keeps is not what config.toml and the recipes say today",
                          f"{_INSTALL} --for {kind}")  # fmt: skip
    if keepers:
        return
    if recipes and ran and on_time:
        yield Finding("ok", "schedule", "none of ours is installed here, and the recipes have run at their times all the same")
    elif recipes and ran:
        none = "contractor-ops watch kept it and is not running" if again == _WATCH else "none is installed on this machine"
        yield Finding("warning", "schedule", f"{none}: nothing runs by itself", f"{again}   (docs/schedule.md)")
    elif recipes or only_shipped(office):
        yield Finding("ok", "schedule", f"nothing runs by itself yet; when you are content with what leaves: {_INSTALL}")


def _right(keepers: Collection[str], place: Place) -> Iterator[Finding]:
    """Hours that would be the wrong ones, and timers that stop with the session."""
    for kind in (Kind(keeper) for keeper in keepers if keeper != WATCH):
        if trouble := zone_trouble(kind, place):
            yield Finding("warning", "schedule", trouble.message, trouble.remedy)
    if Kind.systemd in keepers and stops_at_logout():
        yield Finding("warning", "schedule", "systemd stops the jobs when nobody is logged in", "sudo loginctl enable-linger $USER")


def _heartbeat(office: Office, now: datetime) -> Iterator[Finding]:
    """By what the jobs saw: whoever asks the address here would tell it that a job went well."""
    if office.config.heartbeat.url:
        deaf, heard = list(unheard(office, now)), beats_of(office).heard_at
        yield from (Finding("warning", "heartbeat", sentence, "Correct url under [heartbeat] of config.toml.") for sentence in deaf)
        if not deaf and heard is not None:
            yield Finding("ok", "heartbeat", f"{host(office)} hears of each job; it last answered on {moment(heard, now)}")
        elif not deaf:
            yield Finding("ok", "heartbeat", f"{host(office)} has heard nothing yet: the next job tells it")
    else:
        yield Finding("warning", "heartbeat", "none is set up: nobody is told when this machine is off and nothing runs",
                      'Make a check at healthchecks.io or the like, and write url = "…" under [heartbeat] of config.toml.')  # fmt: skip


def _secrets(office: Office) -> Iterator[Finding]:
    """Secrets that a job of the schedule does not see: those of this terminal, and on Linux those of the desktop's keyring."""
    for name in _names(office):
        try:
            place = kept_in(name, office.folder)
        except ContractorOpsError:  # whoever needs it has told
            return
        if place == "environment" or (place == "keyring" and sys.platform == "linux"):
            where = (
                "set in this terminal only"
                if place == "environment"
                else "in the keyring, which opens when somebody logs in to the desktop"
            )
            yield Finding(
                "warning", "schedule", f"{name} is {where}: the jobs of the schedule may not see it", f"contractor-ops secret {name} --file"
            )


def _names(office: Office) -> Iterator[str]:
    """The secrets that this office's providers need."""
    if provider_of("sms", office.config) == "twilio":
        yield from ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    mails = provider_of("email", office.config)
    if mails == "sendgrid":
        yield "SENDGRID_API_KEY"
    if mails == "smtp" and office.config.email.get("user"):
        yield "SMTP_PASSWORD"
    if check_inbox(office.config).imap is not None:
        yield "IMAP_PASSWORD"
