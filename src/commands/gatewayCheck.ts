import { l10n, ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import { SECOND, type Clock } from '../base/clock.ts';
import type { CheckSeen, LinkProbe } from '../gateway/checkSeen.ts';
import { checkedTasks, checkSteps, type CheckStep } from '../gateway/checkPlan.ts';
import type { Probe } from '../gateway/probe.ts';
import { runCheck, type CheckDependencies } from '../gateway/runCheck.ts';
import { hasProxy } from '../host/proxy.ts';
import { evidenceIn } from '../making/checkEvidence.ts';
import type { TaskStore } from '../store/store.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import type { Intent } from '../tasks/intent.ts';
import { ALL_GATEWAYS, isHolding, rateLimitPause } from '../tasks/pause.ts';
import { isFinal, type Task } from '../tasks/task.ts';

/** What a check needs from outside. */
export interface GatewayCheckDependencies {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly probe: (address: string, key: string, signal: AbortSignal) => Promise<Probe>;
  readonly probeLink: (link: string, gateway: GatewayAddress, signal: AbortSignal) => Promise<LinkProbe>;
}

/** What is looked at of a video that was made for the check, once it is finished. */
const OF_VIDEO: readonly CheckStep[] = ['finished', 'link', 'finishedAgain'];

/** How many requests a check sends, without and with a video that is made for it; its own polling comes on top, as for every video. */
export function requestsOf(store: TaskStore, gateway: string, now: number, makesVideo: boolean): number {
  const tasks = checkedTasks(store.list(), gateway, now);
  return makesVideo
    ? 1 + checkSteps({ ...tasks, finished: undefined }).length + OF_VIDEO.length
    : checkSteps(tasks).length;
}

/**
 * Runs a check with a progress message that can be cancelled, and gives what was seen. `made`: the video that was made for it, which is
 * waited for. `onSeen` is called whenever more was seen.
 */
export async function checkGateway(
  gateway: GatewayAddress,
  key: string,
  made: Intent | undefined,
  dependencies: GatewayCheckDependencies,
  onSeen: (seen: CheckSeen) => void,
): Promise<CheckSeen> {
  const title = l10n.t('Checking the gateway');
  const shown = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(shown, (progress, token) =>
    check(gateway, key, made, dependencies, onSeen, progress, abortedBy(token)),
  );
}

async function check(
  gateway: GatewayAddress,
  key: string,
  made: Intent | undefined,
  dependencies: GatewayCheckDependencies,
  onSeen: (seen: CheckSeen) => void,
  progress: Progress<{ message: string; increment?: number }>,
  signal: AbortSignal,
): Promise<CheckSeen> {
  const { store, clock } = dependencies;
  const { base } = gateway;
  const inList = checkedTasks(store.list(), base, clock.now());
  const tasks = made ? { ...inList, finished: undefined } : inList;
  const first = checkSteps(tasks);
  const planned = first.length + (made ? OF_VIDEO.length : 0);
  const report = (seen: CheckSeen): void => {
    const next = Math.min(seen.exchanges.length + 1, planned);
    progress.report({ message: l10n.t('Request {0} of {1}', next, planned), increment: 100 / planned });
    onSeen(seen);
  };
  const reportWait = (delay: number): void => {
    progress.report({ message: l10n.t('Rate-limited, continuing in {0} s', Math.ceil(delay / SECOND)) });
  };
  const running = runDependencies(gateway, dependencies, report, reportWait);
  const start: CheckSeen = {
    gateway: base,
    startedAt: clock.now(),
    endedAt: null,
    planned,
    exchanges: [],
    tasks,
    evidence: evidenceIn(store.list(), store.intents.open(), base),
    hasProxy: hasProxy(),
    stopped: null,
  };
  report(start);
  let seen = await runCheck(start, first, key, running, signal);
  if (made && seen.stopped === null) {
    progress.report({ message: l10n.t('Waiting for the video') });
    const finished = await finishedTask(made, store, signal).catch(() => undefined);
    const evidence = evidenceIn(store.list(), store.intents.open(), base);
    seen = {
      ...seen,
      evidence,
      tasks: { ...seen.tasks, finished },
      stopped: signal.aborted ? 'cancelled' : null,
    };
    if (finished) {
      seen = await runCheck(seen, OF_VIDEO, key, running, signal, { waitsFirst: true });
    }
  }
  const ended = { ...seen, endedAt: clock.now() };
  onSeen(ended);
  return ended;
}

function runDependencies(
  gateway: GatewayAddress,
  { store, clock, probe, probeLink }: GatewayCheckDependencies,
  onSeen: (seen: CheckSeen) => void,
  onWaiting: (delay: number) => void,
): CheckDependencies {
  const reason = 'rateLimited';
  /** In a list that cannot be written, other windows can't know of it. */
  let ownUntil = 0;
  return {
    clock,
    probe: (address, key, signal) => {
      if (!store.isReadOnly) {
        store.history.noteRequest(gateway.base, clock.now());
      }
      return probe(address, key, signal);
    },
    probeLink: (link, signal) => probeLink(link, gateway, signal),
    isPaused: () => store.pauses.get(ALL_GATEWAYS, 'person') !== undefined,
    limitedUntil: () => {
      const pause = store.pauses.get(gateway.base, reason);
      const until = Math.max(ownUntil, pause && isHolding(pause, clock.now()) ? (pause.until ?? 0) : 0);
      return until > clock.now() ? until : null;
    },
    onRateLimited: retryAfter => {
      const count = (store.pauses.get(gateway.base, reason)?.count ?? 0) + 1;
      ownUntil = clock.now() + rateLimitPause(retryAfter, count);
      if (!store.isReadOnly) {
        store.pauses.set({ gateway: gateway.base, reason, until: ownUntil, count });
      }
    },
    onSeen,
    onWaiting,
  };
}

/** The task that an intent becomes, once it has a link; `undefined` where none comes of it. Rejects when `signal` is aborted. */
async function finishedTask(
  { id }: Intent,
  store: TaskStore,
  signal: AbortSignal,
): Promise<Task | undefined> {
  const look = (): 'pending' | Task | undefined => {
    const intent = store.intents.get(id);
    const taskId = intent?.taskId ?? null;
    if (!intent || taskId === null) {
      return intent?.state === 'waiting' || intent?.state === 'sending' ? 'pending' : undefined;
    }
    const task = store.find(intent.gateway, taskId);
    const isPending = task?.videoUrl === null && !isFinal(task.generation);
    return isPending ? 'pending' : task?.videoUrl === null ? undefined : task;
  };
  const now = look();
  if (now !== 'pending') {
    return now;
  }
  signal.throwIfAborted();
  return new Promise((done, fail) => {
    const stop = (): void => {
      following.dispose();
      fail(signal.reason as Error);
    };
    const following = store.onDidChange(() => {
      const then = look();
      if (then !== 'pending') {
        following.dispose();
        signal.removeEventListener('abort', stop);
        done(then);
      }
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function abortedBy(token: CancellationToken): AbortSignal {
  const ended = new AbortController();
  token.onCancellationRequested(() => {
    ended.abort();
  });
  return ended.signal;
}
