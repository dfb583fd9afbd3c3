-- Technicians' answers: which jobs' notes they belong to.

CREATE TABLE reply_records (
    reply_id INTEGER NOT NULL REFERENCES replies (id),
    recipe TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (table_name, reply_id, record)
) WITHOUT ROWID;
CREATE INDEX reply_records_by_reply ON reply_records (reply_id);
