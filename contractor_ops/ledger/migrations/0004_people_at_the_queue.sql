-- What people do with the queue: who was given an item, what a call brought, and what was asked of this program.

CREATE TABLE assignments (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    owner TEXT,
    at TEXT NOT NULL
);
CREATE INDEX assignments_by_review ON assignments (review_id);
CREATE TRIGGER assignments_are_never_changed BEFORE UPDATE ON assignments BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER assignments_are_never_deleted BEFORE DELETE ON assignments BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

CREATE TABLE call_outcomes (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    recipe TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    customer TEXT,
    customer_key TEXT,
    address TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'voicemail', 'dispute', 'promise', 'wrong-number')),
    promised_on TEXT,
    note TEXT,
    at TEXT NOT NULL,
    taken_back_at TEXT
);
CREATE INDEX call_outcomes_by_time ON call_outcomes (at);
CREATE INDEX call_outcomes_by_review ON call_outcomes (review_id);
CREATE INDEX call_outcomes_by_address ON call_outcomes (address);

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX questions_by_time ON questions (at);
CREATE TRIGGER questions_are_never_changed BEFORE UPDATE ON questions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER questions_are_never_deleted BEFORE DELETE ON questions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

