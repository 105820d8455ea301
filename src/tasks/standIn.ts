import { needsDecision, type Intent } from './intent.ts';
import type { Task } from './task.ts';

/**
 * A video that is still to be made, or may have been, in the shape of a task, so that the list orders, groups, names and filters it as
 * the task that comes of it. Its key is negative, as no task's is.
 */
export function standInOf(intent: Intent): Task {
  const { gateway, id, label, model, body, createdAt, saveFolder, file, section, take } = intent;
  return {
    ...NO_NEWS,
    key: keyOfIntent(intent),
    gateway,
    id,
    label,
    trackedAt: createdAt,
    // What waits for a person stands with the tasks that were given up.
    generation: needsDecision(intent) ? 'stalled' : 'unknown',
    model,
    saveFolder,
    request: body,
    shotFile: file,
    shot: section,
    take,
  };
}

/** What an intent is known by in the list. */
export function keyOfIntent({ key }: Pick<Intent, 'key'>): number {
  return -key;
}

const NO_NEWS = {
  statusWord: null,
  createdAt: null,
  actualDuration: null,
  error: null,
  rawAnswer: null,
  answeredAt: null,
  unfinishedAt: null,
  completedSeenAt: null,
  videoUrl: null,
  linkExpiresAt: null,
  problem: null,
  problemText: null,
  failedAsks: 0,
  deniedSince: null,
  denials: 0,
  askedAt: null,
  nextPollAt: null,
  file: 'none',
  filePath: null,
  fileSize: null,
  fileDuration: null,
  fileCheck: null,
  fileCheckText: null,
  saveName: null,
  saveReplaces: null,
  part: null,
  linkRefusedAt: null,
  saveProblem: null,
  saveProblemText: null,
  failedSaves: 0,
  nextSaveAt: null,
  notifiedAt: null,
  told: null,
  seenAt: null,
  amount: null,
  verdict: null,
  note: null,
  source: null,
  endpoint: null,
} as const satisfies Partial<Task>;
