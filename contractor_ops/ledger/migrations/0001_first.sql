CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    now TEXT NOT NULL,
    sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
    mode TEXT NOT NULL,
    machine TEXT NOT NULL,
    ended_at TEXT,
    exit_code INTEGER,
    counts TEXT,
    brakes TEXT,
    accepted TEXT,
    error TEXT
);
CREATE INDEX runs_by_recipe ON runs (recipe, now);

CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    channel TEXT,
    message_id TEXT NOT NULL,
    provider TEXT NOT NULL,                             -- who carries it: doubt is asked of the same one
    address TEXT,
    customer TEXT,
    customer_key TEXT,
    subject TEXT,
    body TEXT
);
CREATE INDEX words_by_address ON words (address, at);
CREATE INDEX words_by_customer ON words (customer_key, at);
CREATE INDEX words_by_time ON words (at);

CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    step TEXT NOT NULL,
    anchor TEXT NOT NULL,
    table_name TEXT NOT NULL,
    action TEXT NOT NULL,
    owner TEXT NOT NULL,
    settled_by TEXT,
    state TEXT NOT NULL CHECK (state IN (
        'claimed',
        'trying',
        'sent',
        'queued',
        'failed',
        'in_doubt',
        'skipped',
        'released'
    )),
    at TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    words_id INTEGER NOT NULL REFERENCES words (id),
    claim_id INTEGER NOT NULL UNIQUE,
    entry_id INTEGER NOT NULL,
    provider_id TEXT,
    UNIQUE (recipe, record, step, anchor)
);
CREATE INDEX steps_by_record ON steps (record);
CREATE INDEX steps_by_words ON steps (words_id);
CREATE INDEX steps_left_open ON steps (recipe) WHERE state IN ('claimed', 'trying', 'in_doubt');

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES steps (id),
    run_id INTEGER NOT NULL REFERENCES runs (id),
    words_id INTEGER NOT NULL REFERENCES words (id),
    state TEXT NOT NULL CHECK (state IN ('claimed', 'trying', 'sent', 'queued', 'failed', 'in_doubt', 'skipped', 'released')),
    at TEXT NOT NULL,
    provider_id TEXT
);
CREATE INDEX history_by_step ON history (step_id);
CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

CREATE TABLE details (
    entry_id INTEGER PRIMARY KEY REFERENCES history (id),
    detail TEXT NOT NULL
);

CREATE TABLE known (
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (table_name, record)
) WITHOUT ROWID;

CREATE TABLE shapes (
    table_name TEXT PRIMARY KEY,
    row_count INTEGER NOT NULL,
    columns TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'task', 'row', 'broken')),
    table_name TEXT NOT NULL,
    owner TEXT NOT NULL,
    reason TEXT NOT NULL,
    customer TEXT,
    amount TEXT,
    channel TEXT,
    address TEXT,
    subject TEXT,
    body TEXT,
    due TEXT,
    state TEXT NOT NULL CHECK (state IN (
        'open',
        'approved',
        'dismissed',
        'done',
        'gone'
    )),
    created_at TEXT NOT NULL,
    until TEXT,
    note TEXT NOT NULL,
    edited TEXT
);
CREATE UNIQUE INDEX one_live_item ON reviews (recipe, key) WHERE kind <> 'task' AND state IN ('open', 'approved', 'dismissed');
CREATE UNIQUE INDEX one_live_task ON reviews (recipe, key) WHERE kind = 'task' AND state IN ('open', 'approved');
CREATE INDEX reviews_by_state ON reviews (state);

CREATE TABLE review_members (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    position INTEGER NOT NULL,
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    step TEXT NOT NULL,
    anchor TEXT NOT NULL,
    row_hash TEXT NOT NULL,
    words_hash TEXT NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT,
    sheet_row INTEGER,
    customer TEXT,
    amount TEXT,
    body TEXT,
    PRIMARY KEY (review_id, position)
);
CREATE INDEX review_members_by_record ON review_members (recipe, record);

CREATE TABLE review_history (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'dismissed', 'done', 'gone')),
    at TEXT NOT NULL
);
CREATE TRIGGER review_history_is_never_changed BEFORE UPDATE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER review_history_is_never_deleted BEFORE DELETE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

CREATE TABLE suppressions (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'in')),
    source TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX suppressions_by_address ON suppressions (address);
CREATE TRIGGER suppressions_are_never_changed BEFORE UPDATE ON suppressions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER suppressions_are_never_deleted BEFORE DELETE ON suppressions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

CREATE TABLE pauses (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    until TEXT,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    resumed_at TEXT
);
CREATE UNIQUE INDEX one_pause ON pauses (who) WHERE resumed_at IS NULL;

CREATE TABLE skips (
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (recipe, record)
);

CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    address TEXT,
    at TEXT NOT NULL
);
CREATE INDEX replies_by_record ON replies (record);
