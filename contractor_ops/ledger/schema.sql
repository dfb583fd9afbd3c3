-- The ledger as every migration together leaves it; a test holds the two against each other.
--
-- Times are UTC in ISO 8601 with microseconds, so that they sort as text. Days are ISO. Amounts are text, never floats.
-- What is true now stands in steps and reviews. What happened when stands in history and review_history, which only grow and hold
-- no words: names, addresses and texts stand in words, addressees, details, reviews, review_members, replies, results and call_outcomes,
-- where they can be emptied.

-- Which numbered migrations this file has had.
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- One execution of one recipe.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    now TEXT NOT NULL,                                  -- the run's own now, which --now may have set
    sent INTEGER NOT NULL CHECK (sent IN (0, 1)),       -- 1 with --send
    mode TEXT NOT NULL,
    machine TEXT NOT NULL,                              -- hostname/boot-id
    ended_at TEXT,                                      -- null while it is under way, and for ever if it was killed
    exit_code INTEGER,
    counts TEXT,                                        -- JSON object
    brakes TEXT,                                        -- JSON list of the brakes that stopped it: [name, what was seen, what to do]
    accepted TEXT,                                      -- JSON list of the brakes that a person lifted
    error TEXT
);
CREATE INDEX runs_by_recipe ON runs (recipe, now);

-- One message, or the text of one task: all that can be read of it. Emptied by forgetting, never deleted.
CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                                   -- when it was claimed
    channel TEXT,                                       -- null for what is no message
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
CREATE INDEX messages_by_time ON words (at) WHERE channel IS NOT NULL;
CREATE INDEX messages_by_id ON words (message_id) WHERE channel IS NOT NULL;

-- Everything that was known of the customer whom a message goes to. Emptied by forgetting, never deleted: that somebody was meant stays.
CREATE TABLE addressees (
    words_id INTEGER NOT NULL REFERENCES words (id),
    known_as TEXT NOT NULL,                             -- an address or the customer's key
    PRIMARY KEY (words_id, known_as)
) WITHOUT ROWID;
CREATE INDEX addressees_by_name ON addressees (known_as);

-- What is true now of each step. UNIQUE is what keeps a step from being done twice.
CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    step TEXT NOT NULL,
    anchor TEXT NOT NULL,                               -- "" unless the recipe re-arms when its anchor moves
    table_name TEXT NOT NULL,
    action TEXT NOT NULL,
    owner TEXT NOT NULL,
    settled_by TEXT,                                    -- the record whose message covered this one
    state TEXT NOT NULL CHECK (state IN (
        'claimed',                                      -- set aside by a run; nothing has been tried
        'trying',                                       -- handed to the channel; not known yet what became of it
        'sent',                                         -- the provider took it
        'queued',                                       -- a task is on the list, or the provider still has to send it
        'failed',                                       -- refused for good
        'in_doubt',                                     -- it may or may not have left
        'skipped',                                      -- a person said: not this one
        'released'                                      -- a claim given back; it may be claimed again
    )),
    at TEXT NOT NULL,                                   -- since when
    run_id INTEGER NOT NULL REFERENCES runs (id),       -- the run that claimed it last
    words_id INTEGER NOT NULL REFERENCES words (id),
    claim_id INTEGER NOT NULL UNIQUE,                   -- the history entry of its last claim: a claim given back never comes alive again
    entry_id INTEGER NOT NULL,                          -- its last history entry
    provider_id TEXT,
    UNIQUE (recipe, record, step, anchor)
);
CREATE INDEX steps_by_record ON steps (record);
CREATE INDEX steps_by_words ON steps (words_id);
CREATE INDEX steps_left_open ON steps (recipe) WHERE state IN ('claimed', 'trying', 'in_doubt');
CREATE INDEX steps_that_failed ON steps (words_id) WHERE state = 'failed';

-- What happened to each step, and when.
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
CREATE INDEX claims_by_words ON history (words_id) WHERE state = 'claimed';
CREATE INDEX history_by_provider_id ON history (provider_id) WHERE provider_id IS NOT NULL;
CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

-- The plain sentence that goes with a history entry; it may quote an address, so it can be deleted.
CREATE TABLE details (
    entry_id INTEGER PRIMARY KEY REFERENCES history (id),
    detail TEXT NOT NULL
);

-- What a record's id stood for when it was last claimed.
CREATE TABLE known (
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (table_name, record)
) WITHOUT ROWID;

-- What a table's sheet looked like when it was last trusted.
CREATE TABLE shapes (
    table_name TEXT PRIMARY KEY,
    row_count INTEGER NOT NULL,
    columns TEXT NOT NULL,                              -- JSON list
    seen_at TEXT NOT NULL
);

-- The queue of things that a person must look at.
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
        'open',                                         -- a person must look
        'approved',                                     -- leaves at the next run --send
        'dismissed',                                    -- not this time
        'done',                                         -- it left, or the task is done
        'gone'                                          -- no longer due
    )),
    created_at TEXT NOT NULL,
    until TEXT,                                         -- snoozed till this day
    note TEXT NOT NULL,
    edited TEXT                                         -- a person's own words in place of body
);
CREATE UNIQUE INDEX one_live_item ON reviews (recipe, key) WHERE kind <> 'task' AND state IN ('open', 'approved', 'dismissed');
CREATE UNIQUE INDEX one_live_task ON reviews (recipe, key) WHERE kind = 'task' AND state IN ('open', 'approved');
CREATE INDEX reviews_by_state ON reviews (state);

-- The rows' steps inside a review item, with the hashes of what was shown.
CREATE TABLE review_members (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    position INTEGER NOT NULL,
    recipe TEXT NOT NULL,                               -- the item's own, to find a recipe's records by
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

-- What happened to each review item, and when.
CREATE TABLE review_history (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'dismissed', 'done', 'gone')),
    at TEXT NOT NULL
);
CREATE TRIGGER review_history_is_never_changed BEFORE UPDATE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER review_history_is_never_deleted BEFORE DELETE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

-- Who was given an item by a person. The last line is in force; a null owner gives it back to whom the recipe names.
CREATE TABLE assignments (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    owner TEXT,                                         -- a key of [people]
    at TEXT NOT NULL
);
CREATE INDEX assignments_by_review ON assignments (review_id);
CREATE TRIGGER assignments_are_never_changed BEFORE UPDATE ON assignments BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER assignments_are_never_deleted BEFORE DELETE ON assignments BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

-- What a call about an item brought, a line for each of its records. Emptied by forgetting, never deleted.
CREATE TABLE call_outcomes (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    recipe TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    customer TEXT,
    customer_key TEXT,
    address TEXT,                                       -- the number that was called
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'voicemail', 'dispute', 'promise', 'wrong-number')),
    promised_on TEXT,                                   -- the day that payment was promised for
    note TEXT,
    at TEXT NOT NULL,
    taken_back_at TEXT                                  -- since when it counts no more: a person noted it by mistake
);
CREATE INDEX call_outcomes_by_time ON call_outcomes (at);
CREATE INDEX call_outcomes_by_review ON call_outcomes (review_id);
CREATE INDEX call_outcomes_by_address ON call_outcomes (address);

-- What the owner asked of this program in place of a person ("why", "report"): the question's name, never its words.
CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX questions_by_time ON questions (at);
CREATE TRIGGER questions_are_never_changed BEFORE UPDATE ON questions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER questions_are_never_deleted BEFORE DELETE ON questions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;

-- Opt-outs and what lifted them. The last line for an address is in force. Kept through forgetting: the law wants them kept.
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

-- Customers whose automation rests.
CREATE TABLE pauses (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    until TEXT,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    resumed_at TEXT
);
CREATE UNIQUE INDEX one_pause ON pauses (who) WHERE resumed_at IS NULL;

-- Records that a person took out of a recipe.
CREATE TABLE skips (
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (recipe, record)
);

-- Answers that came back. Emptied by forgetting, never deleted: the key keeps one that was forgotten from coming back.
CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,                           -- tells it from all others for ever: what is fetched twice is kept once
    channel TEXT NOT NULL,
    address TEXT,
    at TEXT NOT NULL,                                   -- when it was written
    customer TEXT,
    customer_key TEXT,
    label TEXT NOT NULL,                                -- what triage took it for
    reason TEXT,                                        -- and why; it may quote the words
    weight TEXT NOT NULL CHECK (weight IN ('stops', 'pleasant', 'automatic')),
    text TEXT,                                          -- what was newly written
    whole TEXT,
    subject TEXT,
    answers INTEGER REFERENCES words (id),              -- null: none of ours
    lifted_at TEXT                                      -- since when it stops nothing any more, by a person's word
);
CREATE INDEX replies_by_address ON replies (address);
CREATE INDEX replies_by_customer ON replies (customer_key);
CREATE INDEX replies_by_time ON replies (at);
CREATE INDEX replies_by_words ON replies (answers) WHERE answers IS NOT NULL;

-- What one of our own people was asked about and answered, where no message of ours says it by itself: one text may be about three jobs.
CREATE TABLE reply_records (
    reply_id INTEGER NOT NULL REFERENCES replies (id),
    recipe TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (table_name, reply_id, record)
) WITHOUT ROWID;
CREATE INDEX reply_records_by_reply ON reply_records (reply_id);

-- What providers say became of messages. Emptied by forgetting, never deleted.
CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,                           -- what is fetched twice is kept once
    words_id INTEGER REFERENCES words (id),             -- null: no message that we know
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'delivered', 'failed', 'unsent')),
    at TEXT NOT NULL,                                   -- when it happened
    provider_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    address TEXT,
    code TEXT NOT NULL,                                 -- the provider's own
    reason TEXT,                                        -- it may quote an address
    landline INTEGER NOT NULL CHECK (landline IN (0, 1)),
    opted_out INTEGER NOT NULL CHECK (opted_out IN (0, 1)),
    blocks INTEGER NOT NULL CHECK (blocks IN (0, 1)),   -- 1: nothing of ours gets through until the office has mended something
    kept_at TEXT NOT NULL                               -- when we were told
);
CREATE INDEX results_by_time ON results (at);
CREATE INDEX results_that_block ON results (at) WHERE blocks = 1;

-- Numbers that a provider says take no texts.
CREATE TABLE landlines (
    address TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    source TEXT NOT NULL
) WITHOUT ROWID;

-- Where the last fetch from each place of the inbox left off.
CREATE TABLE cursors (
    place TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;

-- The columns that steps watch: as JSON what they were when the step last acted or was first seen, what they are, and since when they differ.
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

-- The ledger's own record of a row: what steps wrote there. The latest value of a column counts; forgetting somebody empties values.
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
