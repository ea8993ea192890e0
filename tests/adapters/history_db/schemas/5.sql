-- A history as schema 5 left it: one conversation, its reply cut off by a kill; what went over the
-- wire for it, what a purged conversation used, the messages' outlines, what was read in the
-- picture, and a tool that the conversation may use. Frozen.
PRAGMA journal_mode = WAL;
BEGIN;
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

INSERT INTO migration (number, name, applied_at) VALUES (1, 'conversations, messages and their words', 1795435704.075628);
INSERT INTO migration (number, name, applied_at) VALUES (2, 'what went over the wire, and what was used', 1795443251.4897144);
INSERT INTO migration (number, name, applied_at) VALUES (3, 'outlines of messages', 1795445000.5);
INSERT INTO conversation (id, title, profile, model, system_prompt, parameters, leaf, pinned, unread, message_count, created_at, updated_at, deleted_at) VALUES ('01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', '端口占用', 'jiekou', 'm/1', '', '{"temperature":0.5}', '01a2084e-af0d-7008-994f-0070e3a3898a', 1, 0, 2, 1795435704.077938, 1795435704.0779383, NULL);
INSERT INTO message (sequence, id, conversation, parent, role, state, parts, facts, hash) VALUES (1, '01a2084e-af0d-7117-bca9-52ba02de2be6', '01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', NULL, 'user', 'complete', '[{"type":"image","name":"shot.png","media_type":"image/png","blob":"6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a","width":3,"height":4,"original_width":0,"original_height":0,"detail":"auto"},{"type":"text","text":"8080 端口号被占用"}]', '{"created_at":1795435704.077915}', X'065A3FED521380886D6A3EEFC7B72973EE61FFDEA09EC95A7090B91744F2D3F1');
INSERT INTO message (sequence, id, conversation, parent, role, state, parts, facts, hash) VALUES (2, '01a2084e-af0d-7008-994f-0070e3a3898a', '01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', '01a2084e-af0d-7117-bca9-52ba02de2be6', 'assistant', 'streaming', '[{"type":"text","text":"Try `lsof`"}]', '{"model":"m/1","usage":{"prompt_tokens":3},"created_at":1795435704.0779264}', X'129E594583304B71F1E3003E91AE22D89AE27D73305213BB9640B0CFA46E4046');
INSERT INTO draft (conversation, content) VALUES ('01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', '{"text":"and then?","parts":[]}');
INSERT INTO tab (place, conversation, anchor, anchor_offset, current) VALUES (0, '01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', '01a2084e-af0d-7008-994f-0070e3a3898a', 12, 1);
INSERT INTO attachment (message, sha256) VALUES (1, '6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a');
INSERT INTO message_words (rowid, words) VALUES (1, 'shot.png
8080  端口 口号 号被 被占 占用 用 ');
INSERT INTO exchange VALUES (2, 'https://api.example/v1/chat/completions', '{"model":"m/1","stream":true}', 'Be brief.', 200, '{"content-type":"text/event-stream"}', X'789C4B492C49B452A8AEE5E20200131F0301', 10, 0);
INSERT INTO usage_entry VALUES ('01a2084e-0000-7008-994f-0070e3a3898a', '01a2084e-0000-7acc-abe9-2eafa5f6f4e7', 1795435000.5, 'jiekou', 'm/2', 1200, 800, 300, 50, 1, 0.0125);
INSERT INTO usage_entry VALUES ('01a2084e-af0d-7008-994f-0070e3a3898a', '01a2084e-af0d-7acc-abe9-2eafa5f6f4e7', NULL, 'jiekou', 'm/1', 3, NULL, NULL, NULL, 1, NULL);
ALTER TABLE message ADD COLUMN length INTEGER NOT NULL DEFAULT 0;     -- characters of its text
ALTER TABLE message ADD COLUMN line_ends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;
UPDATE message SET length = 11, line_ends = 0, pictures = 1 WHERE sequence = 1;
UPDATE message SET length = 10, line_ends = 0, pictures = 0 WHERE sequence = 2;
DROP INDEX message_of_conversation;
CREATE INDEX message_outline ON message
    (conversation, sequence, id, parent, role, state, length, line_ends, pictures);
CREATE TABLE text_layer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE REFERENCES blob (sha256) ON DELETE CASCADE,
    lines TEXT NOT NULL             -- JSON list of [text, score, left, top, right, bottom]
) STRICT;

CREATE VIRTUAL TABLE picture_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO migration (number, name, applied_at) VALUES (4, 'what was read in pictures', 1795450000.5);
INSERT INTO blob (sha256, size) VALUES ('6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a', 4);
INSERT INTO text_layer (number, sha256, lines) VALUES (1, '6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a', '[["渡轮 harbour",0.99,10,12,90,30]]');
INSERT INTO picture_words (rowid, words) VALUES (1, ' 渡轮 轮  harbour');
ALTER TABLE conversation ADD COLUMN tools TEXT NOT NULL DEFAULT '{}';
UPDATE conversation SET tools = '{"on":["own:clock"]}';
INSERT INTO migration (number, name, applied_at) VALUES (5, 'tools that conversations may use', 1795450001.5);
PRAGMA application_id = 1346923621;
PRAGMA user_version = 5;
COMMIT;
