import { l10n, window, workspace, type QuickPickItem } from 'vscode';
import { shotUri } from '../host/shotPath.ts';
import type { Shots } from '../shots/shots.ts';
import type { Operations } from '../store/operations.ts';
import type { TaskStore } from '../store/store.ts';
import { shotKey, shotName, shotOf, type Shot } from '../tasks/shot.ts';
import type { Task, TaskKey } from '../tasks/task.ts';
import { sayAssigned } from '../views/assigned.ts';

/** What choosing a shot for tasks needs from outside. */
export interface AssignServices {
  readonly store: Pick<TaskStore, 'list'>;
  readonly shots: Shots;
}

/** Makes tasks takes of a shot, or of none, and offers to take that back. */
export function assignTo(shot: Shot | null, keys: readonly TaskKey[], operations: Operations): void {
  const before = operations.assign(keys, shot);
  if (before.length > 0) {
    void sayAssigned(before, shot, () => {
      operations.reassign(before);
    });
  }
}

interface ShotItem extends QuickPickItem {
  /** `null`: of none. */
  readonly shot: Shot | null;
  readonly isNew?: boolean;
}

/**
 * Lets the person choose the shot for tasks: one of a shot file in the workspace, another that has takes, a new one, or none (`null`);
 * `undefined` where they choose nothing.
 */
export async function chooseShotFor(
  tasks: readonly Task[],
  { store, shots }: AssignServices,
): Promise<Shot | null | undefined> {
  const chosen = await window.showQuickPick(itemsFor(tasks, store.list(), shots), {
    title: l10n.t('Assign to Shot'),
    placeHolder: l10n.t('Select a shot'),
    matchOnDescription: true,
  });
  if (chosen?.isNew !== true) {
    return chosen?.shot;
  }
  const name = await window.showInputBox({
    title: l10n.t('Shot Name'),
    validateInput: text => (text.trim() === '' ? l10n.t('Enter a name.') : undefined),
  });
  return name === undefined ? undefined : { shotFile: null, shot: name.replace(/\s+/g, ' ').trim() };
}

async function itemsFor(tasks: readonly Task[], all: readonly Task[], shots: Shots): Promise<ShotItem[]> {
  const counts = new Map<string, { shot: Shot; count: number }>();
  for (const task of all) {
    if (shotOf(task)) {
      const { shotFile, shot } = task;
      const count = (counts.get(shotKey(task))?.count ?? 0) + 1;
      counts.set(shotKey(task), { shot: { shotFile, shot }, count });
    }
  }
  // Loaded on first use: start-up has no need of a parser.
  const { shotsOfWorkspace } = await import('./shotTarget.ts');
  const [first = null] = tasks.flatMap(({ shotFile }) => shotFile ?? []);
  const written = (await shotsOfWorkspace(shots, first)).flatMap(({ shot }) => shotOf(shot) ?? []);
  const isWritten = new Set(written.map(shotKey));
  const others = [...counts].filter(([key]) => !isWritten.has(key)).map(([, { shot }]) => shot);
  return [
    { label: l10n.t('New Shot…'), shot: null, isNew: true, alwaysShow: true },
    ...[...written, ...others].map(shot => itemOf(shot, counts.get(shotKey(shot))?.count ?? 0)),
    ...(tasks.some(shotOf)
      ? [{ label: l10n.t('Not a Take of Any Shot'), shot: null, alwaysShow: true }]
      : []),
  ];
}

function itemOf(shot: Shot, takes: number): ShotItem {
  const uri = shot.shotFile === null ? undefined : shotUri(shot.shotFile);
  return {
    label: shotName(shot),
    description: uri ? workspace.asRelativePath(uri) : (shot.shotFile ?? ''),
    detail: takes === 0 ? l10n.t('No takes') : takes === 1 ? l10n.t('1 take') : l10n.t('{0} takes', takes),
    shot,
  };
}
