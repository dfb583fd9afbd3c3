DROP TABLE replies;

CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    address TEXT,
    at TEXT NOT NULL,
    customer TEXT,
    customer_key TEXT,
    label TEXT NOT NULL,
    reason TEXT,
    weight TEXT NOT NULL CHECK (weight IN ('stops', 'pleasant', 'automatic')),
    text TEXT,
    whole TEXT,
    subject TEXT,
    answers INTEGER REFERENCES words (id),
    lifted_at TEXT
);
CREATE INDEX replies_by_address ON replies (address);
CREATE INDEX replies_by_customer ON replies (customer_key);
CREATE INDEX replies_by_time ON replies (at);
CREATE INDEX replies_by_words ON replies (answers) WHERE answers IS NOT NULL;

CREATE TABLE addressees (
    words_id INTEGER NOT NULL REFERENCES words (id),
    known_as TEXT NOT NULL,
    PRIMARY KEY (words_id, known_as)
) WITHOUT ROWID;
CREATE INDEX addressees_by_name ON addressees (known_as);

CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    words_id INTEGER REFERENCES words (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'delivered', 'failed', 'unsent')),
    at TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    address TEXT,
    code TEXT NOT NULL,
    reason TEXT,
    landline INTEGER NOT NULL CHECK (landline IN (0, 1)),
    opted_out INTEGER NOT NULL CHECK (opted_out IN (0, 1)),
    blocks INTEGER NOT NULL CHECK (blocks IN (0, 1)),
    kept_at TEXT NOT NULL
);
CREATE INDEX results_by_time ON results (at);
CREATE INDEX results_that_block ON results (at) WHERE blocks = 1;

CREATE TABLE landlines (
    address TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    source TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE cursors (
    place TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX steps_that_failed ON steps (words_id) WHERE state = 'failed';
DROP INDEX words_by_time;
CREATE INDEX messages_by_time ON words (at) WHERE channel IS NOT NULL;
CREATE INDEX messages_by_id ON words (message_id) WHERE channel IS NOT NULL;
CREATE INDEX claims_by_words ON history (words_id) WHERE state = 'claimed';
CREATE INDEX history_by_provider_id ON history (provider_id) WHERE provider_id IS NOT NULL;
