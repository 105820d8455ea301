import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR, systemClock } from '../../src/base/clock.ts';
import { TaskStore } from '../../src/store/store.ts';
import type { Task, TaskPatch } from '../../src/tasks/task.ts';
import { clips, type ClipName } from '../fixtures/clips/clips.ts';
import { storageFolder } from '../vscode/bridgeClient.ts';
import type { Stage } from './stage.ts';

/** A task as it shall stand in the list. Nobody asks about it or saves it, unless it says so itself. */
export type Role = TaskPatch & { readonly id: string; readonly hoursAgo?: number };

/**
 * Puts tasks into the list, as another window would, in one commit: the first is the newest. Gives their keys. `then` does
 * something more within the same commit.
 */
export function cast(
  { gateway }: Pick<Stage, 'gateway'>,
  roles: readonly Role[],
  then: (store: TaskStore) => void = () => undefined,
): number[] {
  return asAnotherWindow(store =>
    store.commit(() => {
      const now = Date.now();
      const keys = roles.map(({ id, hoursAgo = 2.5, ...facts }, index) => {
        const trackedAt = now - hoursAgo * HOUR - index * 1_000;
        const { task } = store.add(gateway.baseUrl, id, trackedAt);
        const isOver = facts.generation === 'completed';
        const isSilent = facts.generation === 'stalled' || facts.generation === 'notFound';
        store.update(task.key, {
          nextPollAt: null,
          told: isSilent ? 'silent' : facts.file === 'failed' ? 'unsaved' : 'ended',
          notifiedAt: now,
          ...(isOver ? { completedSeenAt: trackedAt, videoUrl: LINK, linkExpiresAt: now + 20.5 * HOUR } : {}),
          ...facts,
        });
        return task.key;
      });
      then(store);
      return keys;
    }),
  );
}

/** Changes the list as another window would. */
export function asAnotherWindow<T>(act: (store: TaskStore) => T): T {
  const store = new TaskStore(join(storageFolder(), 'dailies.db'), { clock: systemClock });
  try {
    return act(store);
  } finally {
    store.dispose();
  }
}

const LINK = 'https://media.example/clip.mp4?signature=none';

/** The facts of a clip that is saved, as a file that is there. */
export function saved({ clips: folder }: Pick<Stage, 'clips'>, name: string): Partial<Task> {
  const filePath = join(folder, `${name}.mp4`);
  copyFileSync(clips.tone.path, filePath);
  return { generation: 'completed', file: 'saved', filePath, fileSize: 41_000, fileDuration: 2 };
}

/** A task with a name whose clip, one of the fixtures, is saved under that name. */
export function savedClip(
  stage: Pick<Stage, 'clips'>,
  name: string,
  clip: ClipName,
  more: Partial<Role> = {},
): Role {
  const facts = saved(stage, name);
  copyFileSync(clips[clip].path, facts.filePath ?? '');
  return {
    id: `vgen_${name.replaceAll(' ', '_')}1`,
    label: name,
    model: 'veo_3_1_fast',
    ...facts,
    ...more,
  };
}
