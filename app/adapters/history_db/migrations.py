"""The history's schema: named steps, only ever added to."""

from __future__ import annotations

from app.adapters.sqlite.migrate import Migration

_FIRST = """
CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at REAL NOT NULL
) STRICT;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    profile TEXT NOT NULL,
    model TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    parameters TEXT NOT NULL,       -- JSON object
    leaf TEXT,                      -- message.id of the branch shown
    pinned INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    message_count INTEGER NOT NULL, -- kept by whoever adds messages
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    deleted_at REAL                 -- hidden since; purged at a later start
) STRICT;

CREATE TABLE message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    parts TEXT NOT NULL,            -- JSON list
    facts TEXT NOT NULL,            -- JSON object: model, usage, times …
    hash BLOB NOT NULL              -- SHA-256 of all of the above but sequence and state
) STRICT;
CREATE INDEX message_of_conversation ON message (conversation, sequence);
CREATE INDEX message_streaming ON message (sequence) WHERE state = 'streaming';

CREATE TABLE draft (
    conversation TEXT PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    content TEXT NOT NULL           -- JSON object: text, parts
) STRICT;

CREATE TABLE tab (
    place INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    anchor TEXT,                    -- message.id of the line being read
    anchor_offset INTEGER NOT NULL,
    current INTEGER NOT NULL
) STRICT;

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    message INTEGER NOT NULL REFERENCES message (sequence) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (message, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_blob ON attachment (sha256);

-- Rows by message.sequence; holds words and pairs of Chinese characters, not the text.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
"""

# What is filled in from the messages there are: a copy of a reply (a conversation that was branched
# off or duplicated) has its time and model, and was asked for once.
_SECOND = """
CREATE TABLE exchange (
    message INTEGER PRIMARY KEY REFERENCES message (sequence) ON DELETE CASCADE,
    url TEXT NOT NULL,
    request TEXT NOT NULL,          -- JSON object: the body without its messages
    system_prompt TEXT NOT NULL,
    status INTEGER,
    headers TEXT NOT NULL,          -- JSON object
    response BLOB NOT NULL,         -- zlib
    size INTEGER NOT NULL,
    cut INTEGER NOT NULL
) STRICT;

-- No reference to the message: what was asked stays counted when its conversation is gone.
CREATE TABLE usage_entry (
    message TEXT PRIMARY KEY,       -- message.id of the reply
    conversation TEXT NOT NULL,
    at REAL,                        -- NULL until the reply ended with something to count
    profile TEXT NOT NULL,
    model TEXT NOT NULL,
    prompt_tokens INTEGER,          -- of all tokens: NULL where the service did not say
    cached_tokens INTEGER,
    completion_tokens INTEGER,
    reasoning_tokens INTEGER,
    pictures INTEGER NOT NULL,      -- in the message that was answered
    cost REAL                       -- USD; NULL where it is unknown
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_entry_at ON usage_entry (at) WHERE at IS NOT NULL;

WITH reply AS (
    SELECT sequence, id, conversation, parent, state, parts,
        CASE WHEN json_valid(facts) THEN facts ELSE '{}' END AS facts
    FROM message WHERE role = 'assistant'
), said AS (
    SELECT sequence, id, conversation, parent, state,
        parts <> '[]' OR json_type(facts, '$.usage') = 'object' AS answered,
        facts ->> '$.created_at' AS at,
        CAST(coalesce(facts ->> '$.model', '') AS TEXT) AS model,
        facts ->> '$.usage.prompt_tokens' AS prompt,
        facts ->> '$.usage.prompt_tokens_details.cached_tokens' AS cached,
        facts ->> '$.usage.completion_tokens' AS completion,
        facts ->> '$.usage.completion_tokens_details.reasoning_tokens' AS reasoning,
        facts ->> '$.usage.total_tokens' AS total
    FROM reply
), original AS (
    SELECT *, row_number() OVER (PARTITION BY at, model ORDER BY sequence) AS copy FROM said
    WHERE typeof(at) IN ('real', 'integer') AND at BETWEEN 0 AND 32503680000
), counted AS (
    SELECT id, conversation, parent, state, at, model, total,
        CASE WHEN typeof(prompt) = 'integer' AND prompt BETWEEN 0 AND 1000000000000
            THEN prompt END AS prompt,
        CASE WHEN typeof(cached) = 'integer' AND cached BETWEEN 0 AND 1000000000000
            THEN cached END AS cached,
        CASE WHEN typeof(completion) = 'integer' AND completion BETWEEN 0 AND 1000000000000
            THEN completion END AS completion,
        CASE WHEN typeof(reasoning) = 'integer' AND reasoning BETWEEN 0 AND 1000000000000
            THEN reasoning END AS reasoning
    FROM original WHERE copy = 1 AND (answered OR state = 'streaming')
)
INSERT INTO usage_entry
SELECT o.id, o.conversation, CASE WHEN o.state <> 'streaming' THEN o.at END, c.profile, o.model,
    prompt, cached,
    completion + CASE WHEN prompt + completion + reasoning = total THEN reasoning ELSE 0 END,
    reasoning,
    (SELECT count(*) FROM message q JOIN attachment a ON a.message = q.sequence
        WHERE q.id = o.parent AND q.role = 'user'),
    NULL
FROM counted o JOIN conversation c ON c.id = o.conversation;
"""

# How much each message holds, beside what a list of messages needs, all in one index: a long
# conversation is opened without reading a word of it.
_THIRD = """
ALTER TABLE message ADD COLUMN length INTEGER NOT NULL DEFAULT 0;     -- characters of its text
ALTER TABLE message ADD COLUMN line_ends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;

UPDATE message SET (length, line_ends, pictures) = (
    SELECT
        coalesce(sum(length(text)), 0),
        coalesce(sum(length(text) - length(replace(text, char(10), ''))), 0),
        count(*) FILTER (WHERE kind = 'image')
    FROM (
        SELECT value ->> '$.type' AS kind,
            CASE WHEN value ->> '$.type' = 'text' THEN value ->> '$.text' END AS text
        FROM json_each(CASE WHEN json_valid(parts) THEN parts ELSE '[]' END)
    )
);

DROP INDEX message_of_conversation;
CREATE INDEX message_outline ON message
    (conversation, sequence, id, parent, role, state, length, line_ends, pictures);
"""

# Layers are numbered for the index of their words, which like that of messages holds no text.
_FOURTH = """
CREATE TABLE text_layer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE REFERENCES blob (sha256) ON DELETE CASCADE,
    lines TEXT NOT NULL             -- JSON list of [text, score, left, top, right, bottom]
) STRICT;

CREATE VIRTUAL TABLE picture_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
"""

_FIFTH = """
ALTER TABLE conversation ADD COLUMN tools TEXT NOT NULL DEFAULT '{}';   -- JSON object
"""

MIGRATIONS: tuple[Migration, ...] = (
    Migration("conversations, messages and their words", _FIRST),
    Migration("what went over the wire, and what was used", _SECOND),
    Migration("outlines of messages", _THIRD),
    Migration("what was read in pictures", _FOURTH),
    Migration("tools that conversations may use", _FIFTH),
)
