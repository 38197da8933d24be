-- The ledger, the same text for SQLite and PostgreSQL. Times are milliseconds since 1970 UTC, ids are text.
-- docs/ledger.md says what each table and column means. A migration that was released is never edited.

-- Which keys hashed the customers here: a wrong key file is noticed before it makes everybody a stranger.
CREATE TABLE customer_keys (
    fingerprint TEXT PRIMARY KEY,
    first_ms    BIGINT NOT NULL
);

-- Numbers that are handed out in the order of commits.
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('contacts', 0);

CREATE TABLE outcomes (
    id          TEXT PRIMARY KEY,
    at_ms       BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    tip         TEXT NOT NULL,
    substance   TEXT,
    outcome     TEXT NOT NULL,
    reason      TEXT,
    suggestion  TEXT,
    customer    TEXT,
    agent       TEXT,
    channel     TEXT,
    cleared_ms  BIGINT,
    cleared_by  TEXT
);
CREATE INDEX outcomes_customer ON outcomes (customer, tip);
CREATE INDEX outcomes_tip ON outcomes (tip, at_ms);
CREATE INDEX outcomes_at ON outcomes (at_ms);
CREATE INDEX outcomes_suggestion ON outcomes (suggestion);
CREATE INDEX outcomes_flags ON outcomes (tip) WHERE reason IN ('inaccurate', 'unsafe') AND cleared_ms IS NULL;

CREATE TABLE contacts (
    id          TEXT PRIMARY KEY,
    seq         BIGINT NOT NULL,
    customer    TEXT NOT NULL,
    at_ms       BIGINT,
    position    BIGINT,
    product     TEXT,
    issue       TEXT,
    recorded_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX contacts_seq ON contacts (seq);
CREATE INDEX contacts_customer ON contacts (customer, at_ms);
CREATE INDEX contacts_issue ON contacts (issue, product);
CREATE INDEX contacts_at ON contacts (at_ms);

CREATE TABLE suggestions (
    id       TEXT PRIMARY KEY,
    at_ms    BIGINT NOT NULL,
    customer TEXT,
    tip      TEXT,
    silence  TEXT,
    product  TEXT,
    issue    TEXT,
    arm      TEXT
);
CREATE INDEX suggestions_customer ON suggestions (customer, at_ms);
CREATE INDEX suggestions_tip ON suggestions (tip, at_ms);
CREATE INDEX suggestions_at ON suggestions (at_ms);

CREATE TABLE exposures (
    customer TEXT NOT NULL,
    tip      TEXT NOT NULL,
    at_ms    BIGINT NOT NULL,
    arm      TEXT NOT NULL,
    product  TEXT,
    issue    TEXT,
    PRIMARY KEY (customer, tip)
);
CREATE INDEX exposures_tip ON exposures (tip, at_ms);
CREATE INDEX exposures_at ON exposures (at_ms);

CREATE TABLE balloons (
    id              TEXT PRIMARY KEY,
    given_ms        BIGINT NOT NULL,
    said            TEXT NOT NULL,
    likeness        TEXT NOT NULL,
    product         TEXT,
    issue           TEXT,
    state           TEXT NOT NULL,
    acknowledged_ms BIGINT,
    decided_ms      BIGINT,
    reason          TEXT,
    tip             TEXT,
    merged_into     TEXT REFERENCES balloons (id),
    rises_once      TEXT
);
CREATE INDEX balloons_state ON balloons (state, given_ms, id);
CREATE UNIQUE INDEX balloons_open ON balloons (likeness) WHERE state IN ('waiting', 'acknowledged');
CREATE UNIQUE INDEX balloons_rise ON balloons (rises_once) WHERE rises_once IS NOT NULL;

CREATE TABLE givers (
    receipt  TEXT PRIMARY KEY,
    balloon  TEXT NOT NULL REFERENCES balloons (id),
    given_ms BIGINT NOT NULL,
    name     TEXT,
    role     TEXT,
    contact  TEXT,
    said     TEXT NOT NULL
);
CREATE INDEX givers_balloon ON givers (balloon, given_ms);

CREATE TABLE promises (
    id         TEXT PRIMARY KEY,
    made_ms    BIGINT NOT NULL,
    due_ms     BIGINT NOT NULL,
    what       TEXT NOT NULL,
    state      TEXT NOT NULL,
    settled_ms BIGINT,
    customer   TEXT,
    owner      TEXT,
    tip        TEXT
);
CREATE INDEX promises_state ON promises (state, due_ms, id);
CREATE INDEX promises_customer ON promises (customer);

CREATE TABLE misses (
    words    TEXT PRIMARY KEY,
    times    BIGINT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms  BIGINT NOT NULL
);
CREATE INDEX misses_times ON misses (times);

CREATE TABLE answers_once (
    key    TEXT NOT NULL,
    route  TEXT NOT NULL,
    body   TEXT NOT NULL,
    answer TEXT NOT NULL,
    at_ms  BIGINT NOT NULL,
    PRIMARY KEY (key, route)
);
CREATE INDEX answers_once_at ON answers_once (at_ms);

CREATE TABLE models (
    name    TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    at_ms   BIGINT NOT NULL,
    bytes   BYTEA NOT NULL
);
