"""The words that offices and their programs put in status columns, by table and meaning. Case, dashes and punctuation do not matter.

Left out on purpose, so that a person sees the row: words that mean different things in different programs ("Pending" on an invoice;
"Scheduled" and "Done" on an estimate, where Housecall Pro means the visit), "Changes requested" on a quote, which wants an answer
and no nudge, and "Disputed" and "Partially refunded" on a payment, of which nobody knows how much stays.
"""

from collections.abc import Mapping

Words = Mapping[str, tuple[str, ...]]

_ESTIMATES: Words = {
    "draft": (
        "draft", "drafted", "unsent", "not sent", "not sent yet", "to send", "to be sent", "ready to send", "needs to be sent", "new",
        "in preparation", "preparing", "pricing", "to price", "to quote", "needs estimate", "incomplete",
    ),
    "sent": (
        "sent", "open", "pending", "awaiting response", "awaiting approval", "awaiting customer", "awaiting acceptance",
        "awaiting reply", "awaiting decision", "waiting", "waiting on customer", "waiting for customer", "waiting for approval",
        "waiting for response", "pending approval", "pending customer approval", "pending acceptance", "pending decision", "emailed",
        "e-mailed", "mailed", "delivered", "submitted", "presented", "proposal sent", "quote sent", "quoted", "estimate sent",
        "bid sent", "bid submitted", "outstanding", "no response", "no response yet", "no answer", "unanswered", "undecided", "unsold",
        "not sold", "not sold yet", "still open", "active", "active estimate", "resent", "sent again", "sent to customer",
    ),
    "viewed": (
        "viewed", "opened", "seen", "read", "viewed by customer", "opened by customer", "customer viewed", "customer opened",
    ),
    "accepted": (
        "accepted", "approved", "pro approved", "customer approved", "client approved", "approved by customer", "approved by client",
        "won", "closed won", "sold", "signed", "contract signed", "yes", "go ahead", "green light", "verbally accepted",
        "sold needs booking", "accepted not booked",
    ),
    "declined": (
        "declined", "rejected", "lost", "closed lost", "dismissed", "denied", "refused", "turned down", "no", "not interested",
        "went with competitor", "went with another contractor", "went elsewhere", "cancelled", "canceled", "pro declined",
        "customer declined", "client declined", "no sale", "dead", "withdrawn", "void", "voided",
    ),
    "expired": (
        "expired", "lapsed", "out of date", "archived", "timed out", "abandoned", "not active estimate",
    ),
    "converted": (
        "converted", "copied to job", "converted to job", "converted to invoice", "converted to an invoice", "converted to order",
        "job created", "invoiced", "billed", "closed",
    ),
}  # fmt: skip

_INVOICES: Words = {
    "draft": (
        "draft", "unsent", "not sent", "not sent yet", "not yet sent", "to send", "to be sent", "ready to send", "not finalized",
        "unapproved", "awaiting approval", "submitted for approval", "in preparation", "needs to be sent",
    ),
    "sent": (
        "sent", "open", "unpaid", "not paid", "not paid yet", "not yet paid", "awaiting payment", "awaiting pmt", "waiting for payment",
        "pending payment", "payment pending", "payment due", "due", "due today", "due now", "due soon", "due later", "not due",
        "not yet due", "current", "outstanding", "authorised", "authorized", "issued", "emailed", "e-mailed", "mailed", "delivered",
        "viewed", "opened", "seen", "no payment", "balance due", "payment not received", "invoiced", "billed", "net 30", "not overdue",
        "resent", "sent to customer", "sent again",
    ),
    "partial": (
        "partial", "partially paid", "partly paid", "part paid", "paid in part", "partial payment", "part payment", "partial paid",
        "paid partial", "deposit paid", "deposit received", "paid deposit", "not fully paid", "not paid in full", "not completely paid",
        "half paid", "paid half", "payment plan", "installments", "instalments",
    ),
    "overdue": (
        "overdue", "over due", "past due", "late", "delinquent", "in arrears", "unpaid overdue", "overdue unpaid", "sent overdue",
        "open overdue", "payment overdue", "payment late", "reminder sent", "second notice", "final notice", "late notice sent",
    ),
    "paid": (
        "paid", "paid in full", "fully paid", "paid full", "pd", "pif", "settled", "closed", "payment received", "received",
        "deposited", "collected", "cleared", "payment cleared", "paid off", "zero balance", "100 paid", "paid 100", "completely paid",
        "overpaid", "marked paid", "marked as paid", "paid late",
    ),
    "void": (
        "void", "voided", "cancelled", "canceled", "deleted", "reversed", "credited", "refunded", "fully refunded", "duplicate",
        "withdrawn",
    ),
    "disputed": (
        "disputed", "in dispute", "dispute", "under dispute", "contested", "chargeback", "charge back", "customer disputes",
        "being disputed", "on hold dispute", "complaint",
    ),
    "written-off": (
        "written off", "write off", "bad debt", "uncollectible", "uncollectable", "charged off", "charge off", "collections",
        "in collections", "in collection", "sent to collections", "with collections", "sent to collection", "collection agency",
        "bankrupt", "bankruptcy", "w/o",
    ),
}  # fmt: skip

_PAYMENTS: Words = {
    "received": (
        "received", "payment received", "paid", "paid in full", "pd", "cleared", "payment cleared", "check cleared", "succeeded", "success",
        "successful", "payment successful", "settled", "settled successfully", "completed", "complete", "payment completed", "captured",
        "collected", "deposited", "undeposited", "undeposited funds", "not deposited", "not deposited yet", "to be deposited", "approved",
        "processed", "posted", "applied", "unapplied", "partially applied", "closed", "ok", "yes",
    ),
    "pending": (
        "pending", "payment pending", "processing", "being processed", "in process", "in progress", "in transit", "on the way", "scheduled",
        "authorized", "authorised", "authorized only", "uncaptured", "not captured", "incomplete", "not completed", "initiated", "submitted",
        "requested", "on hold", "held", "unpaid", "not paid", "not paid yet", "uncleared", "not cleared", "not cleared yet", "not received",
        "not received yet", "not yet received", "awaiting payment", "awaiting clearance", "awaiting settlement", "pending settlement",
        "pending clearance", "captured pending settlement", "post dated", "postdated", "draft",
    ),
    "failed": (
        "failed", "fail", "failure", "payment failed", "card failed", "declined", "card declined", "payment declined", "denied", "rejected",
        "refused", "blocked", "error", "expired", "unsuccessful", "not successful", "did not go through", "nsf", "insufficient funds",
        "non sufficient funds", "not sufficient funds", "bounced", "bounced check", "check bounced", "returned", "returned check",
        "check returned", "payment returned", "returned nsf", "returned unpaid", "stop payment", "payment stopped", "no",
    ),
    "void": (
        "void", "voided", "cancelled", "canceled", "cancel", "deleted", "removed", "duplicate", "withdrawn", "entered in error",
        "entered by mistake",
    ),
    "refunded": (
        "refunded", "fully refunded", "refund", "refund issued", "payment refunded", "given back", "reversed", "payment reversed",
        "reversal", "chargeback", "charge back", "charged back",
    ),
}  # fmt: skip

_JOBS: Words = {
    "booked": (
        "booked", "unscheduled", "needs scheduling", "to be scheduled", "to schedule", "needs to be scheduled", "not scheduled",
        "not yet scheduled", "not scheduled yet", "awaiting scheduling", "awaiting schedule", "ready to schedule", "needs booking",
        "to be booked", "new", "open", "pending", "approved", "accepted", "sold", "won", "created", "needs rescheduling",
        "needs to be rescheduled", "to be rescheduled", "reschedule", "unassigned", "requested",
    ),
    "scheduled": (
        "scheduled", "rescheduled", "re-scheduled", "confirmed", "assigned", "upcoming", "today", "tomorrow", "late", "planned",
        "not started", "not yet started", "not started yet", "to do", "todo", "unconfirmed", "not confirmed", "not yet confirmed",
        "tentative", "ending within 30 days",
    ),
    "under-way": (
        "under way", "underway", "in progress", "in-progress", "started", "working", "work in progress", "wip", "active", "ongoing",
        "on going", "dispatched", "en route", "enroute", "on the way", "on my way", "on site", "onsite", "arrived", "incomplete",
        "not completed", "not complete", "not finished", "not done", "unfinished", "partially complete", "partially completed",
        "needs return visit", "return visit", "needs to return", "not completed yet", "not done yet",
    ),
    "completed": (
        "completed", "complete", "done", "finished", "closed", "job complete", "job completed", "work complete", "work completed",
        "work done", "complete rated", "complete unrated", "completed rated", "completed unrated", "requires invoicing",
        "needs invoicing", "to be invoiced", "to invoice", "ready to invoice", "ready for invoice", "ready for invoicing",
        "ready to bill", "to be billed", "needs to be invoiced", "needs invoice", "not invoiced", "not invoiced yet",
        "not yet invoiced", "not billed", "not billed yet", "uninvoiced", "unbilled", "completed not invoiced", "awaiting invoice",
    ),
    "invoiced": (
        "invoiced", "billed", "invoice sent", "paid", "paid in full", "unpaid", "awaiting payment", "closed and billed", "collected",
    ),
    "cancelled": (
        "cancelled", "canceled", "cancel", "user canceled", "user cancelled", "pro canceled", "pro cancelled", "customer cancelled",
        "customer canceled", "cancelled by customer", "canceled by customer", "client cancelled", "client canceled", "called off",
        "void", "voided", "deleted", "dead", "lost", "declined", "withdrawn",
    ),
    "no-show": (
        "no show", "noshow", "no-show", "customer no show", "client no show", "customer not home", "not home", "nobody home",
        "no one home", "no one was home", "missed appointment", "missed by customer", "no access", "could not get in", "locked out",
        "customer missed", "not at home",
    ),
    "on-hold": (
        "on hold", "hold", "onhold", "paused", "waiting on parts", "waiting for parts", "awaiting parts", "parts on order",
        "parts ordered", "need parts", "needs parts", "waiting for permit", "waiting on permit", "awaiting permit", "permit pending",
        "weather delay", "delayed", "postponed", "stopped", "suspended", "waiting on customer", "waiting for customer", "customer hold",
        "backordered", "back ordered", "stalled",
    ),
}  # fmt: skip

_LEADS: Words = {
    "new": (
        "new", "open", "uncontacted", "not contacted", "not contacted yet", "not yet contacted", "not called", "not called yet",
        "to call", "to contact", "needs call", "call", "unassigned", "received", "incoming", "fresh", "unread", "untouched", "new lead",
        "new request", "unscheduled", "call back", "callback", "needs follow up", "needs callback",
    ),
    "contacted": (
        "contacted", "called", "called back", "left message", "left voicemail", "left vm", "lm", "lvm", "texted", "emailed", "e-mailed",
        "messaged", "replied", "responded", "attempted", "attempted contact", "attempting contact", "in progress", "working",
        "in conversation", "follow up", "following up", "followed up", "qualified", "nurturing", "nurture", "quoted", "estimate sent",
        "quote sent", "proposal sent", "no answer", "no response", "no reply", "tried", "assessment complete", "assessment completed",
        "active", "engaged", "spoke", "spoken to", "thinking about it",
    ),
    "booked": (
        "booked", "won", "closed won", "scheduled", "converted", "appointment set", "appointment scheduled", "appointment booked",
        "appt set", "appt scheduled", "estimate scheduled", "estimate booked", "visit booked", "visit scheduled",
        "assessment scheduled", "sold", "job created", "customer", "booked job", "became customer", "job booked",
    ),
    "lost": (
        "lost", "closed lost", "dead", "not interested", "no longer interested", "dismissed", "declined", "disqualified", "unqualified",
        "not qualified", "junk", "spam", "archived", "went elsewhere", "went with competitor", "went with another contractor",
        "cancelled", "canceled", "wrong number", "duplicate", "out of area", "outside area", "outside service area", "price shopper",
        "bad lead", "unresponsive", "do not contact", "do not call", "dnc", "closed",
    ),
}  # fmt: skip

_CHANGE_ORDERS: Words = {
    "pending": (
        "pending", "open", "draft", "sent", "submitted", "requested", "proposed", "awaiting approval", "awaiting signature",
        "awaiting customer", "waiting for approval", "pending approval", "pending signature", "not approved", "not approved yet",
        "not yet approved", "unapproved", "unsigned", "not signed", "not signed yet", "in review", "under review", "new",
        "to be approved", "needs approval", "verbal", "emailed", "viewed",
    ),
    "approved": (
        "approved", "accepted", "signed", "approved by customer", "customer approved", "client approved", "approved by owner",
        "authorized", "authorised", "executed", "approved not billed", "approved not invoiced", "not billed", "not billed yet",
        "not yet billed", "unbilled", "not invoiced", "to be billed", "to bill", "ready to bill", "ready to invoice", "agreed", "yes",
        "needs invoicing", "completed", "complete", "done",
    ),
    "declined": (
        "declined", "rejected", "denied", "refused", "cancelled", "canceled", "void", "voided", "withdrawn", "turned down", "no",
        "disapproved",
    ),
    "billed": (
        "billed", "invoiced", "collected", "paid", "paid in full", "included in invoice", "added to invoice", "on invoice", "closed",
    ),
}  # fmt: skip

_CALLS: Words = {
    "answered": (
        "answered", "completed", "connected", "call connected", "accepted", "picked up", "received", "talked", "in progress", "handled",
        "spoke", "ok", "answered by human", "human", "answered elsewhere", "call completed", "transferred", "recorded",
    ),
    "missed": (
        "missed", "missed call", "no answer", "no-answer", "noanswer", "not answered", "unanswered", "abandoned", "hang up", "hung up",
        "hangup", "cancelled", "canceled", "caller hung up", "failed", "rejected", "declined", "ring no answer", "rna", "no pick up",
        "not picked up", "timeout", "timed out", "congestion", "call failed", "call failure", "disconnected", "no", "missed no voicemail",
        "cancel", "chanunavail", "ring out", "rang out", "lost call", "ip phone offline", "nobody answered", "no one answered",
    ),
    "voicemail": (
        "voicemail", "voice mail", "vm", "left voicemail", "left a voicemail", "left message", "sent to voicemail", "went to voicemail",
        "to voicemail", "message", "missed voicemail", "machine", "new voicemail", "voicemail left", "missed left voicemail",
    ),
    "busy": (
        "busy", "line busy", "engaged", "busy signal", "user busy",
    ),
}  # fmt: skip

STATUS_WORDS: Mapping[str, Words] = {
    "estimates": _ESTIMATES,
    "invoices": _INVOICES,
    "payments": _PAYMENTS,
    "jobs": _JOBS,
    "leads": _LEADS,
    "change_orders": _CHANGE_ORDERS,
    "calls": _CALLS,
}
"""Words for each meaning that a recipe may name, by table."""
