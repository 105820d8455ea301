import { l10n } from 'vscode';
import type {
  DailiesApi,
  DailiesChange,
  DailiesEvent,
  DailiesExports,
  DailiesRequest,
  DailiesTask,
} from '../../dailies.d.ts';
import { Emitter } from '../base/events.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { gatewaySetting } from '../host/settings.ts';
import type { Making } from '../making/making.ts';
import type { LiveTasks } from '../store/liveTasks.ts';
import { mediumOf } from '../tasks/family.ts';
import { LONGEST_TEXT } from '../tasks/foreign.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import { withoutSecrets } from '../tasks/request.ts';
import { promptOf, type Task, type TaskKey } from '../tasks/task.ts';
import { readTrackArguments } from '../tasks/trackArguments.ts';
import { nameOf } from '../views/names.ts';
import type { MakeVideos } from './makeVideos.ts';
import { trackAt, type GivenDependencies } from './trackGiven.ts';

/** What the interface needs from inside. */
export interface ApiDependencies extends GivenDependencies {
  readonly tasks: LiveTasks;
  readonly making: Making;
  readonly makeVideos: MakeVideos;
  readonly onListenerError: (error: unknown) => void;
}

/** The interface for other extensions, as `dailies.d.ts` describes it, and what ends it. */
export function createExports(
  dependencies: ApiDependencies,
): Disposable & { readonly exports: DailiesExports } {
  const owned = new DisposableStore();
  const api = createApi(dependencies, owned);
  const exports: DailiesExports = Object.freeze({
    version: 1,
    getApi: (version: unknown) => {
      if (version !== 1) {
        throw new RangeError(`Dailies has version 1 of its API, not ${String(version)}.`);
      }
      return api;
    },
  });
  return {
    exports,
    dispose: () => {
      owned.dispose();
    },
  };
}

function createApi(dependencies: ApiDependencies, owned: DisposableStore): DailiesApi {
  const { tasks, making, makeVideos } = dependencies;
  const newestFirst = (some: Iterable<Task>): Task[] =>
    [...some].sort((a, b) => b.trackedAt - a.trackedAt || b.key - a.key);
  const onDidChange = changesOf(dependencies, owned);
  let hasStopped = false;
  owned.add({
    dispose: () => {
      hasStopped = true;
    },
  });
  /** The gateway of the settings. Throws once Dailies has stopped, as this outlives it in the hands of others. */
  const currentGateway = (): GatewayAddress | undefined => {
    if (hasStopped) {
      throw new Error('Dailies has stopped.');
    }
    return gatewaySetting();
  };
  return Object.freeze({
    list: () => Object.freeze(newestFirst(tasks.all()).map(exported)),
    get: (id: string) => {
      const [newest] = newestFirst([...tasks.all()].filter(task => task.id === id));
      return newest && exported(newest);
    },
    onDidChange,
    track: async (ids: string | readonly string[], options: { readonly name?: string } = {}) => {
      const gateway = currentGateway();
      if (!gateway) {
        throw new Error('The address of the gateway in the settings is invalid.');
      }
      const request = readTrackArguments({ ids, ...options }) ?? NOTHING;
      const { tracked, known, refused } = await trackAt(gateway, request, dependencies);
      return frozen({ tracked, known, refused });
    },
    estimate: (request: DailiesRequest) => {
      const gateway = currentGateway();
      const known = gateway && making.estimateFor(gateway.base, copyOf(request));
      return known && frozen({ amount: known.amount, source: known.source, samples: known.samples });
    },
    make: async (
      requests: DailiesRequest | readonly DailiesRequest[],
      { name }: { readonly name?: string } = {},
    ) => {
      currentGateway();
      const label =
        typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, LONGEST_TEXT) : null;
      const wishes = [requests].flat().map(request => ({ request: copyOf(request), label }));
      const note = l10n.t('Another extension requests this.');
      const made = await makeVideos(wishes, { note, mustConfirm: true });
      return made && frozen(made.map(({ id, model, estimate }) => ({ requestId: id, model, estimate })));
    },
  });
}

const NOTHING = { inputs: [], isReadable: false, name: undefined, wantsText: false } as const;

/**
 * A copy of a request that the other extension cannot change while the person looks at it. Throws a `TypeError` for what is none, and a
 * `DataCloneError` for one that has more than data in it.
 */
function copyOf(request: unknown): DailiesRequest {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new TypeError('A request is an object with a model and a prompt.');
  }
  return structuredClone(request) as DailiesRequest;
}

/** The changes of the list, by IDs, which those that are gone no longer have. */
function changesOf(
  { tasks, onListenerError }: ApiDependencies,
  owned: DisposableStore,
): DailiesEvent<DailiesChange> {
  const changes = owned.add(new Emitter<DailiesChange>(onListenerError));
  const ids = new Map<TaskKey, string>(Array.from(tasks.all(), ({ key, id }) => [key, id]));
  owned.add(
    tasks.onDidChange(keys => {
      const changed = new Set<string>();
      for (const key of keys) {
        const id = tasks.get(key)?.id ?? ids.get(key);
        if (id !== undefined) {
          changed.add(id);
          ids.set(key, id);
        }
        if (!tasks.get(key)) {
          ids.delete(key);
        }
      }
      if (changed.size > 0) {
        changes.fire(frozen({ ids: [...changed] }));
      }
    }),
  );
  return changes.event;
}

/** What other extensions get of a task: never its link, and no signatures of links in texts. */
function exported(task: Task): DailiesTask {
  const clean = (text: string | null): string | null => (text === null ? null : withoutSecrets(text));
  return Object.freeze({
    id: task.id,
    gateway: task.gateway,
    name: withoutSecrets(nameOf(task)),
    model: clean(task.model),
    medium: mediumOf(task.model),
    state: task.generation,
    statusWord: clean(task.statusWord),
    error: clean(task.error),
    file: task.file,
    filePath: task.filePath,
    fileSize: task.fileSize,
    duration: task.fileDuration ?? task.actualDuration,
    prompt: clean(promptOf(task)),
    amount: task.amount,
    shot: task.shot,
    take: task.take,
    verdict: task.verdict,
    note: clean(task.note),
    trackedAt: task.trackedAt,
    createdAt: task.createdAt,
    completedAt: task.completedSeenAt,
  });
}

/** Plain data that nobody can change, with all that is in it. */
function frozen<T extends object>(data: T): T {
  for (const value of Object.values(data)) {
    if (typeof value === 'object' && value !== null) {
      frozen(value as object);
    }
  }
  return Object.freeze(data);
}
