import { isoTime } from '../base/clock.ts';
import { withoutQuery } from '../base/log.ts';
import { requestOf, withoutSecrets } from './request.ts';
import type { Task } from './task.ts';

/**
 * What of a task is of use outside of Dailies. Times are ISO 8601, `fileSize` is in bytes, `fileDuration` in s; what is
 * unknown is `null`. Holds no key, and links without their queries, which can carry a signature.
 */
function factsOf(task: Task): Record<string, unknown> {
  return {
    id: task.id,
    gateway: task.gateway,
    label: task.label,
    model: task.model,
    generation: task.generation,
    statusWord: task.statusWord,
    error: task.error === null ? null : withoutSecrets(task.error),
    trackedAt: isoTime(task.trackedAt),
    createdAt: isoTime(task.createdAt),
    answeredAt: isoTime(task.answeredAt),
    completedAt: isoTime(task.completedSeenAt),
    link: task.videoUrl === null ? null : withoutSecrets(withoutQuery(task.videoUrl)),
    linkExpiresAt: isoTime(task.linkExpiresAt),
    file: task.file,
    filePath: task.filePath,
    fileSize: task.fileSize,
    fileDuration: task.fileDuration,
    fileCheck: task.fileCheck,
    fileCheckReason: task.fileCheckText,
    request: requestOf(task),
  };
}

/** The facts of one task as an object, of several as an array. */
export function factsText(tasks: readonly Task[]): string {
  const [only] = tasks;
  return JSON.stringify(only && tasks.length === 1 ? factsOf(only) : tasks.map(factsOf), null, 2);
}
