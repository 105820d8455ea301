/**
 * One step for each schema version; step N brings a database from `user_version` N to N + 1. Steps are never edited
 * once released. Columns are named after the fields of `Task`, so that a row is a task; times are ms since the epoch.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE tasks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT,
    trackedAt INTEGER NOT NULL,
    generation TEXT NOT NULL DEFAULT 'unknown',
    statusWord TEXT,
    model TEXT,
    createdAt INTEGER,
    actualDuration REAL,
    error TEXT,
    rawAnswer TEXT,
    answeredAt INTEGER,
    unfinishedAt INTEGER,
    completedSeenAt INTEGER,
    videoUrl TEXT,
    linkExpiresAt INTEGER,
    problem TEXT,
    problemText TEXT,
    failedAsks INTEGER NOT NULL DEFAULT 0,
    deniedSince INTEGER,
    denials INTEGER NOT NULL DEFAULT 0,
    askedAt INTEGER,
    nextPollAt INTEGER,
    file TEXT NOT NULL DEFAULT 'none',
    filePath TEXT,
    saveProblem TEXT,
    saveProblemText TEXT,
    failedSaves INTEGER NOT NULL DEFAULT 0,
    nextSaveAt INTEGER,
    notifiedAt INTEGER,
    UNIQUE (gateway, id)
  ) STRICT;
  CREATE INDEX tasksByPoll ON tasks (nextPollAt) WHERE nextPollAt IS NOT NULL;
  CREATE INDEX tasksBySave ON tasks (linkExpiresAt) WHERE nextSaveAt IS NOT NULL;

  -- Who is working on a task: a window that dies lets its lease run out.
  CREATE TABLE leases (
    task INTEGER NOT NULL REFERENCES tasks (key) ON DELETE CASCADE,
    work TEXT NOT NULL,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (task, work)
  ) STRICT, WITHOUT ROWID;

  -- A whole gateway left alone, by all windows. Without 'until', until something happens (a new key).
  CREATE TABLE pauses (
    gateway TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    until INTEGER,
    count INTEGER NOT NULL,
    -- Whether the person was told of it.
    told INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The request that made a task, as JSON, where Dailies made it.
  ALTER TABLE tasks ADD COLUMN request TEXT;

  -- What the person was told last, and not only when: 'ended' or 'unsaved'.
  ALTER TABLE tasks ADD COLUMN told TEXT;
  UPDATE tasks SET told = 'ended' WHERE notifiedAt IS NOT NULL;

  CREATE INDEX tasksByNextSave ON tasks (nextSaveAt) WHERE nextSaveAt IS NOT NULL;

  -- A gateway can be left alone for several reasons at once. The gateway '*' stands for all.
  DROP TABLE pauses;
  CREATE TABLE pauses (
    gateway TEXT NOT NULL,
    reason TEXT NOT NULL,
    until INTEGER,
    count INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (gateway, reason)
  ) STRICT, WITHOUT ROWID;

  -- How long finished tasks of a kind took: unfinished at 'after', finished at 'until', s from their creation.
  CREATE TABLE history (
    kind TEXT NOT NULL,
    after REAL NOT NULL,
    until REAL NOT NULL,
    finishedAt INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX historyByKind ON history (kind, finishedAt);

  -- The questions of the last hour, for Show Poll Health.
  CREATE TABLE asks (at INTEGER NOT NULL, gateway TEXT NOT NULL) STRICT;
  CREATE INDEX asksByTime ON asks (at);

  -- What changed, in order, so that every window can announce what others committed. No method can forget to
  -- write here. A change of something other than a task has no task.
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    task INTEGER,
    at INTEGER NOT NULL DEFAULT (unixepoch() * 1000)
  ) STRICT;
  CREATE TRIGGER taskAdded AFTER INSERT ON tasks BEGIN INSERT INTO changes (task) VALUES (NEW.key); END;
  CREATE TRIGGER taskChanged AFTER UPDATE ON tasks BEGIN INSERT INTO changes (task) VALUES (NEW.key); END;
  CREATE TRIGGER taskRemoved AFTER DELETE ON tasks BEGIN INSERT INTO changes (task) VALUES (OLD.key); END;
  CREATE TRIGGER pauseAdded AFTER INSERT ON pauses BEGIN INSERT INTO changes (task) VALUES (NULL); END;
  CREATE TRIGGER pauseChanged AFTER UPDATE ON pauses BEGIN INSERT INTO changes (task) VALUES (NULL); END;
  CREATE TRIGGER pauseRemoved AFTER DELETE ON pauses BEGIN INSERT INTO changes (task) VALUES (NULL); END;
  `,
  `
  -- Where this clip goes, and under which name, where the usual rules do not hold for it.
  ALTER TABLE tasks ADD COLUMN saveFolder TEXT;
  ALTER TABLE tasks ADD COLUMN saveName TEXT;

  -- What of the clip has been downloaded so far, as JSON.
  ALTER TABLE tasks ADD COLUMN part TEXT;

  -- When the media host last said that there is nothing under the link.
  ALTER TABLE tasks ADD COLUMN linkRefusedAt INTEGER;

  -- When a person first looked at the clip.
  ALTER TABLE tasks ADD COLUMN seenAt INTEGER;
  UPDATE tasks SET seenAt = notifiedAt WHERE file = 'saved';

  -- What the saved file turned out to be: bytes, and seconds.
  ALTER TABLE tasks ADD COLUMN fileSize INTEGER;
  ALTER TABLE tasks ADD COLUMN fileDuration REAL;
  `,
  `
  -- What checking the saved file came to: 'plays', or 'notChecked' and why. Until now only what plays was kept.
  ALTER TABLE tasks ADD COLUMN fileCheck TEXT;
  ALTER TABLE tasks ADD COLUMN fileCheckText TEXT;
  UPDATE tasks SET fileCheck = 'plays' WHERE fileDuration IS NOT NULL;

  -- Since when a gateway has been in this state, without an answer between.
  ALTER TABLE pauses ADD COLUMN since INTEGER;

  -- What was not found is asked about rarely from now on, and no longer never.
  UPDATE tasks SET nextPollAt = unixepoch() * 1000 WHERE generation = 'notFound' AND nextPollAt IS NULL;

  -- What is true of the list as a whole. 'list' is its own random name: its temporary files are marked with it.
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO facts (name, value) VALUES ('list', lower(hex(randomblob(8))));

  -- The file at that name which a person has agreed to have replaced by the clip, as its version.
  ALTER TABLE tasks ADD COLUMN saveReplaces TEXT;

  -- Until now a stop between the claim and the first word of it left a clip as if it were on its way, for ever.
  UPDATE tasks SET file = 'none' WHERE file = 'downloading' AND nextSaveAt IS NULL;
  `,
  `
  -- What is to be made, what was sent, and what came of it. Columns are named after the fields of an intent. No row is ever
  -- deleted: each may have cost something.
  CREATE TABLE intents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    batch TEXT NOT NULL,
    gateway TEXT NOT NULL,
    family TEXT NOT NULL,
    model TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    label TEXT,
    saveFolder TEXT,
    file TEXT,
    section TEXT,
    take INTEGER,
    estimate REAL,
    estimateSource TEXT,
    madeBy TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    problem TEXT,
    problemText TEXT,
    response TEXT,
    owner TEXT,
    until INTEGER,
    sentAt INTEGER,
    settledAt INTEGER,
    taskId TEXT,
    resolution TEXT
  ) STRICT;
  CREATE INDEX intentsByState ON intents (state) WHERE state NOT IN ('accepted', 'dropped');
  CREATE INDEX intentsByTime ON intents (createdAt);
  CREATE INDEX intentsByHash ON intents (hash);
  CREATE INDEX intentsByFile ON intents (file) WHERE file IS NOT NULL;
  CREATE INDEX intentsByTask ON intents (taskId) WHERE taskId IS NOT NULL;
  CREATE TRIGGER intentAdded AFTER INSERT ON intents BEGIN INSERT INTO changes (task) VALUES (NULL); END;
  CREATE TRIGGER intentChanged AFTER UPDATE ON intents BEGIN INSERT INTO changes (task) VALUES (NULL); END;

  -- What the gateway says a task was charged, in its own unit.
  ALTER TABLE tasks ADD COLUMN amount REAL;

  -- What finished tasks of a kind were charged: prices are learned from it, and it outlives the tasks. 'seconds' is the clip's length.
  CREATE TABLE charges (
    gateway TEXT NOT NULL,
    taskId TEXT NOT NULL,
    kind TEXT NOT NULL,
    seconds REAL,
    amount REAL NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (gateway, taskId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX chargesByKind ON charges (gateway, kind, at);
  `,
  `
  -- The shot that a task is a take of, what a person thinks of it, and the clip whose frame it starts from.
  ALTER TABLE tasks ADD COLUMN shotFile TEXT;
  ALTER TABLE tasks ADD COLUMN shot TEXT;
  ALTER TABLE tasks ADD COLUMN take INTEGER;
  ALTER TABLE tasks ADD COLUMN verdict TEXT;
  ALTER TABLE tasks ADD COLUMN note TEXT;
  ALTER TABLE tasks ADD COLUMN source TEXT;
  ALTER TABLE intents ADD COLUMN source TEXT;
  UPDATE tasks SET (shotFile, shot, take) =
      (SELECT i.file, i.section, i.take FROM intents i WHERE i.gateway = tasks.gateway AND i.taskId = tasks.id)
    WHERE id IN (SELECT taskId FROM intents WHERE file IS NOT NULL);

  -- Which clip a saved frame is from: 'path' is the picture's, 'at' is in s, NULL for the last frame.
  CREATE TABLE frames (
    path TEXT PRIMARY KEY,
    gateway TEXT NOT NULL,
    id TEXT NOT NULL,
    at REAL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Which of the gateway's endpoints knows a task: 'result' or 'modelCenter'; NULL until that has shown.
  ALTER TABLE tasks ADD COLUMN endpoint TEXT;
  `,
  `
  -- What an agent knows its wish by, with the first video of it: the same is never made twice.
  ALTER TABLE intents ADD COLUMN requestKey TEXT;
  CREATE UNIQUE INDEX intentsByRequestKey ON intents (requestKey) WHERE requestKey IS NOT NULL;
  `,
  `
  -- What was known of tasks that are no longer in the list, as far as it is about money: that was spent all the same. An ID that no
  -- gateway has ever known is no video.
  CREATE TABLE removedTasks (
    gateway TEXT NOT NULL,
    id TEXT NOT NULL,
    trackedAt INTEGER NOT NULL,
    createdAt INTEGER,
    model TEXT,
    generation TEXT NOT NULL,
    file TEXT NOT NULL,
    hasLink INTEGER NOT NULL,
    unfinishedAt INTEGER,
    completedSeenAt INTEGER,
    fileDuration REAL,
    actualDuration REAL,
    verdict TEXT,
    shotFile TEXT,
    amount REAL,
    PRIMARY KEY (gateway, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX removedTasksByTime ON removedTasks (trackedAt);
  CREATE TRIGGER taskLeft BEFORE DELETE ON tasks
    WHEN OLD.generation NOT IN ('unknown', 'notFound') OR OLD.unfinishedAt IS NOT NULL
      OR EXISTS (SELECT 1 FROM intents WHERE taskId = OLD.id AND gateway = OLD.gateway)
    BEGIN
      INSERT OR REPLACE INTO removedTasks VALUES (
        OLD.gateway, OLD.id, OLD.trackedAt, OLD.createdAt, OLD.model, OLD.generation, OLD.file, OLD.videoUrl IS NOT NULL,
        OLD.unfinishedAt, OLD.completedSeenAt, OLD.fileDuration, OLD.actualDuration, OLD.verdict, OLD.shotFile, OLD.amount);
    END;

  -- The figures of a day are looked up with every change of the list.
  CREATE INDEX tasksByTime ON tasks (trackedAt);
  CREATE INDEX intentsBySending ON intents (sentAt) WHERE sentAt IS NOT NULL;
  `,
];
