-- What trails remember: columns that steps watch for changes, and what steps wrote into the ledger's own record of a row.

CREATE TABLE watched (
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    step TEXT NOT NULL,
    told TEXT NOT NULL,
    now TEXT,
    changed_at TEXT,
    times INTEGER NOT NULL,
    PRIMARY KEY (recipe, record, step)
) WITHOUT ROWID;

CREATE TABLE own_values (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT,
    customer_key TEXT,
    recipe TEXT NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX own_values_by_record ON own_values (table_name, record, column_name);
CREATE INDEX own_values_by_customer ON own_values (customer_key);
CREATE TRIGGER own_values_are_never_deleted BEFORE DELETE ON own_values BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
