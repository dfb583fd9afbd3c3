"""Tables that no spreadsheet holds: the ledger hands them in, so that recipes and views read them like any other."""

from contractor_ops.tables.columns import Column, TableSpec

MESSAGES = TableSpec(
    "messages",
    "What was sent, and what became of it.",
    (
        Column("number", "id", (), "The claim's number."),
        Column("recipe", "text", (), "The recipe that sent it."),
        Column("table", "text", (), "The table or view that the recipe reads."),
        Column("record", "text", (), "The record it was about."),
        Column("step", "text", (), "The recipe's step."),
        Column("customer", "name", (), "Who it went to."),
        Column("channel", "text", (), "sms or email."),
        Column("provider", "text", (), 'Who carries it; "outbox" made a file of it, and nobody has it unless a person sent it on.'),
        Column("address", "text", (), "The number or address it went to."),
        Column("status", "status", (), "What became of it: sent, delivered, failed, in doubt."),
        Column("sent_at", "moment", (), "When it left."),
        Column("reason", "text", (), "What the provider says of it."),
        Column("notes", "text", (), "The words that were sent."),
    ),
    identity=("number",),
)

REPLIES = TableSpec(
    "replies",
    "What customers wrote back.",
    (
        Column("number", "id", (), "The reply's own number."),
        Column("received_at", "moment", (), "When it came."),
        Column("channel", "text", (), "sms or email."),
        Column("from", "text", (), "The number or address it came from."),
        Column("customer", "name", (), "Whose number or address that is."),
        Column("label", "status", (), "What the triage took it for: yes, no, question, stop, urgent."),
        Column("reason", "text", (), "Why."),
        Column("record", "text", (), "The record it answers."),
        Column("recipe", "text", (), "The recipe whose message it answers."),
        Column("notes", "text", (), "What it says."),
    ),
    identity=("number",),
)

REVIEWS = TableSpec(
    "reviews",
    "What waits for a person.",
    (
        Column("number", "id", (), "The review item's number."),
        Column("recipe", "text", (), "The recipe that put it there."),
        Column("record", "text", (), "The record it is about."),
        Column("kind", "text", (), "message, task or row."),
        Column("customer", "name", (), "Who it concerns."),
        Column("owner", "text", (), "Who must look."),
        Column("status", "status", (), "open, approved, dismissed, done or gone."),
        Column(
            "looked_at",
            "yes_no",
            (),
            "Whether a person has released, dismissed or done it, or called about it, whatever became of it since.",
        ),
        Column("amount", "money", (), "How much money it is about."),
        Column("created_at", "moment", (), "When it was put there."),
        Column("due", "moment", (), "When it should be settled."),
        Column("reason", "text", (), "Why a person must look."),
        Column("notes", "text", (), "What the person wrote."),
    ),
    identity=("number",),
)

RATINGS = TableSpec(
    "ratings",
    "How customers rated the work, asked once by reply.",
    (
        Column("number", "id", (), "The reply's own number."),
        Column("received_at", "moment", (), "When it came."),
        Column("score", "number", (), "From 1 (badly) to 5 (very well)."),
        Column("job", "id", (), "The job it is about."),
        Column("customer", "name", (), "Who rates."),
        Column("technician", "text", (), "Who did the work, by the jobs table or the ledger's own record."),
        Column("recipe", "text", (), "The recipe that asked."),
        Column("notes", "text", (), "What they wrote."),
    ),
    identity=("number",),
)
