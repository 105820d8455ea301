import { l10n, ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import type { Operations } from '../store/operations.ts';
import { readPart } from '../tasks/part.ts';
import type { TaskStore } from '../store/store.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { progressText } from '../views/stateWords.ts';
import { nameOf } from '../views/names.ts';

/** Receives messages, and increments in per cent. */
type Report = Progress<{ message?: string; increment?: number }>;

/**
 * Shows the progress of saving a clip, with a Cancel button, until saving ends in any way. Resolves to the task in its final state;
 * `undefined` if it was removed.
 */
export async function followSaving(
  task: Task,
  store: TaskStore,
  operations: Operations,
): Promise<Task | undefined> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Saving "{0}"', nameOf(task)),
      cancellable: true,
    },
    async (report, token) =>
      untilOver(
        task.key,
        store,
        report,
        () => {
          operations.stopSaving(task.key);
        },
        token,
      ),
  );
}

async function untilOver(
  key: TaskKey,
  store: TaskStore,
  report: Report,
  stop: () => void,
  token: CancellationToken,
): Promise<Task | undefined> {
  const cancelled = token.onCancellationRequested(stop);
  try {
    return await new Promise(done => {
      let shown = 0;
      const look = (): void => {
        const task = store.get(key);
        if (!task || (task.file !== 'waiting' && task.file !== 'downloading')) {
          listener.dispose();
          done(task);
          return;
        }
        const share = shareOf(task);
        report.report({ message: messageOf(task), increment: Math.max(0, share - shown) });
        shown = Math.max(shown, share);
      };
      const listener = store.onDidChange(keys => {
        if (keys.has(key)) {
          look();
        }
      });
      look();
    });
  } finally {
    cancelled.dispose();
  }
}

function messageOf(task: Task): string {
  if (task.file === 'downloading') {
    return progressText(task);
  }
  return task.nextPollAt === null ? l10n.t('queued') : l10n.t('refreshing the link');
}

/** The downloaded share of the clip, in per cent. */
function shareOf(task: Task): number {
  const part = readPart(task.part);
  return part?.total ? Math.floor((part.size / part.total) * 100) : 0;
}
