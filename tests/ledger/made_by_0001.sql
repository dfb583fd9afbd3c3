BEGIN TRANSACTION;
CREATE TABLE details (
    entry_id INTEGER PRIMARY KEY REFERENCES history (id),
    detail TEXT NOT NULL
);
INSERT INTO "details" VALUES(16,'550 no such mailbox');
INSERT INTO "details" VALUES(17,'the server asked to try later');
INSERT INTO "details" VALUES(18,'the line broke');
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES steps (id),
    run_id INTEGER NOT NULL REFERENCES runs (id),
    words_id INTEGER NOT NULL REFERENCES words (id),
    state TEXT NOT NULL CHECK (state IN ('claimed', 'trying', 'sent', 'queued', 'failed', 'in_doubt', 'skipped', 'released')),
    at TEXT NOT NULL,
    provider_id TEXT
);
INSERT INTO "history" VALUES(1,1,1,1,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(2,2,1,1,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(3,3,1,2,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(4,4,1,3,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(5,5,1,4,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(6,6,1,5,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(7,7,1,6,'claimed','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(8,1,1,1,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(9,2,1,1,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(10,3,1,2,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(11,4,1,3,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(12,5,1,4,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(13,7,1,6,'trying','2026-11-23T16:00:00.000000+00:00',NULL);
INSERT INTO "history" VALUES(14,1,1,1,'sent','2026-11-23T16:00:01.000000+00:00','SM1');
INSERT INTO "history" VALUES(15,2,1,1,'sent','2026-11-23T16:00:01.000000+00:00','SM1');
INSERT INTO "history" VALUES(16,3,1,2,'failed','2026-11-23T16:00:02.000000+00:00',NULL);
INSERT INTO "history" VALUES(17,4,1,3,'released','2026-11-23T16:00:03.000000+00:00',NULL);
INSERT INTO "history" VALUES(18,5,1,4,'in_doubt','2026-11-23T16:00:04.000000+00:00',NULL);
INSERT INTO "history" VALUES(19,6,1,5,'queued','2026-11-23T16:00:05.000000+00:00',NULL);
INSERT INTO "history" VALUES(20,4,1,7,'claimed','2026-11-23T16:00:06.000000+00:00',NULL);
CREATE TABLE known (
    table_name TEXT NOT NULL,
    record TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (table_name, record)
) WITHOUT ROWID;
INSERT INTO "known" VALUES('estimates','E-1','number:C-7','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-2','number:C-7','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-3','email:bob@ray.example','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-4','number:C-7','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-5','number:C-7','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-6','number:C-7','2026-11-20');
INSERT INTO "known" VALUES('estimates','E-7','email:bob@ray.example','2026-11-20');
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO "migrations" VALUES(1,'0001_first');
CREATE TABLE pauses (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    until TEXT,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    resumed_at TEXT
);
INSERT INTO "pauses" VALUES(1,'Ann Li','2026-12-01','on holiday','2026-11-23T16:00:00.000000+00:00',NULL);
CREATE TABLE replies (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    address TEXT,
    at TEXT NOT NULL
);
CREATE TABLE review_history (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'dismissed', 'done', 'gone')),
    at TEXT NOT NULL
);
INSERT INTO "review_history" VALUES(1,1,'open','2026-11-23T16:00:00.000000+00:00');
INSERT INTO "review_history" VALUES(2,1,'approved','2026-11-23T16:00:00.000000+00:00');
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
INSERT INTO "review_members" VALUES(1,0,'estimate-follow-up','E-8','first-nudge','','r1','w1','estimates.xlsx','2026',12,'Cy Day','18250.00','Hi Cy');
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
INSERT INTO "reviews" VALUES(1,'estimate-follow-up','E-8/first-nudge','message','estimates','office','total is 15,000 or more','Cy Day','18250.00','sms','+13125550143',NULL,'Hi Cy','2026-11-23T16:00:00.000000+00:00','approved','2026-11-23T16:00:00.000000+00:00',NULL,'',NULL);
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
INSERT INTO "runs" VALUES(1,'estimate-follow-up','2026-11-23T16:00:00.000000+00:00',1,'auto','front-desk/boot-1','2026-11-23T16:01:00.000000+00:00',5,'{"rows": 7, "act": 6}','[]','[]','');
CREATE TABLE shapes (
    table_name TEXT PRIMARY KEY,
    row_count INTEGER NOT NULL,
    columns TEXT NOT NULL,
    seen_at TEXT NOT NULL
);
INSERT INTO "shapes" VALUES('estimates',41,'["number", "status"]','2026-11-23T16:00:00.000000+00:00');
CREATE TABLE skips (
    recipe TEXT NOT NULL,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (recipe, record)
);
INSERT INTO "skips" VALUES('estimate-follow-up','E-9','a friend of the house','2026-11-23T16:00:00.000000+00:00');
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
INSERT INTO "steps" VALUES(1,'estimate-follow-up','E-1','first-nudge','','estimates','message','office',NULL,'sent','2026-11-23T16:00:01.000000+00:00',1,1,1,14,'SM1');
INSERT INTO "steps" VALUES(2,'estimate-follow-up','E-2','first-nudge','','estimates','message','office','E-1','sent','2026-11-23T16:00:01.000000+00:00',1,1,2,15,'SM1');
INSERT INTO "steps" VALUES(3,'estimate-follow-up','E-3','first-nudge','','estimates','message','office',NULL,'failed','2026-11-23T16:00:02.000000+00:00',1,2,3,16,NULL);
INSERT INTO "steps" VALUES(4,'estimate-follow-up','E-4','first-nudge','','estimates','message','office',NULL,'claimed','2026-11-23T16:00:06.000000+00:00',1,7,20,20,NULL);
INSERT INTO "steps" VALUES(5,'estimate-follow-up','E-5','first-nudge','','estimates','message','office',NULL,'in_doubt','2026-11-23T16:00:04.000000+00:00',1,4,5,18,NULL);
INSERT INTO "steps" VALUES(6,'estimate-follow-up','E-6','first-nudge','','estimates','message','office',NULL,'queued','2026-11-23T16:00:05.000000+00:00',1,5,6,19,NULL);
INSERT INTO "steps" VALUES(7,'estimate-follow-up','E-7','first-nudge','','estimates','message','office',NULL,'trying','2026-11-23T16:00:00.000000+00:00',1,6,7,13,NULL);
CREATE TABLE suppressions (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'in')),
    source TEXT NOT NULL,
    at TEXT NOT NULL
);
INSERT INTO "suppressions" VALUES(1,'+13125550144','out','a person of the office','2026-11-23T16:00:00.000000+00:00');
INSERT INTO "suppressions" VALUES(2,'dee@fox.example','out','the provider says so','2026-11-23T16:00:00.000000+00:00');
INSERT INTO "suppressions" VALUES(3,'dee@fox.example','in','a person of the office','2026-11-23T16:00:00.000000+00:00');
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
INSERT INTO "words" VALUES(1,'2026-11-23T16:00:00.000000+00:00','sms','<E-1.first-nudge@northside.example>','outbox','+13125550142','Ann Li','number:C-7',NULL,'Any questions?');
INSERT INTO "words" VALUES(2,'2026-11-23T16:00:00.000000+00:00','email','<E-3.first-nudge@northside.example>','smtp','bob@ray.example','Bob Ray','email:bob@ray.example','Your estimate','Any questions?');
INSERT INTO "words" VALUES(3,'2026-11-23T16:00:00.000000+00:00','sms','<E-4.first-nudge@northside.example>','outbox','+13125550142','Ann Li','number:C-7',NULL,'Any questions?');
INSERT INTO "words" VALUES(4,'2026-11-23T16:00:00.000000+00:00','sms','<E-5.first-nudge@northside.example>','outbox','+13125550142','Ann Li','number:C-7',NULL,'Any questions?');
INSERT INTO "words" VALUES(5,'2026-11-23T16:00:00.000000+00:00',NULL,'','',NULL,'Ann Li','number:C-7',NULL,'Call Ann Li');
INSERT INTO "words" VALUES(6,'2026-11-23T16:00:00.000000+00:00','email','<E-7.first-nudge@northside.example>','smtp','bob@ray.example','Bob Ray','email:bob@ray.example','Your estimate','Any questions?');
INSERT INTO "words" VALUES(7,'2026-11-23T16:00:06.000000+00:00','sms','<E-4.first-nudge@northside.example>','outbox','+13125550142','Ann Li','number:C-7',NULL,'Any questions at all?');
CREATE INDEX runs_by_recipe ON runs (recipe, now);
CREATE INDEX words_by_address ON words (address, at);
CREATE INDEX words_by_customer ON words (customer_key, at);
CREATE INDEX words_by_time ON words (at);
CREATE INDEX steps_by_record ON steps (record);
CREATE INDEX steps_by_words ON steps (words_id);
CREATE INDEX steps_left_open ON steps (recipe) WHERE state IN ('claimed', 'trying', 'in_doubt');
CREATE INDEX history_by_step ON history (step_id);
CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE UNIQUE INDEX one_live_item ON reviews (recipe, key) WHERE kind <> 'task' AND state IN ('open', 'approved', 'dismissed');
CREATE UNIQUE INDEX one_live_task ON reviews (recipe, key) WHERE kind = 'task' AND state IN ('open', 'approved');
CREATE INDEX reviews_by_state ON reviews (state);
CREATE INDEX review_members_by_record ON review_members (recipe, record);
CREATE TRIGGER review_history_is_never_changed BEFORE UPDATE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER review_history_is_never_deleted BEFORE DELETE ON review_history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE INDEX suppressions_by_address ON suppressions (address);
CREATE TRIGGER suppressions_are_never_changed BEFORE UPDATE ON suppressions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER suppressions_are_never_deleted BEFORE DELETE ON suppressions BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE UNIQUE INDEX one_pause ON pauses (who) WHERE resumed_at IS NULL;
CREATE INDEX replies_by_record ON replies (record);
COMMIT;
