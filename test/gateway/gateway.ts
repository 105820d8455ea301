import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';

import { API_PATH, answerApi, apiRoute, apiTargets, contentPath } from './api.ts';
import type { Answer } from './answers.ts';
import { SimulatedClock } from './clock.ts';
import type { CreateRequest } from './createRules.ts';
import { deliver } from './deliver.ts';
import { type Fault, type FaultScript, isDeliveryFault } from './faults.ts';
import { FaultScripts, type FaultTarget } from './faultScripts.ts';
import { type RequestHandler, listenOnLoopback } from './loopbackServer.ts';
import { MediaOrigin, mediaPath } from './media.ts';
import type { ReceivedRequest } from './receivedRequest.ts';
import { type Origin, type RecordedRequest, Recorder } from './recorder.ts';
import { LinkSigner } from './signedLinks.ts';
import { type SimulatedTask, type TaskPlan, planTask } from './tasks.ts';

/** The key the gateway accepts unless told otherwise. It opens nothing anywhere else. */
export const DEMO_KEY = 'dailies-demo-key-not-real';

/** How a gateway is set up. */
export interface GatewayOptions {
  /** Port of the API; default any free one. */
  readonly port?: number;
  /** Port of the media origin; default any free one. */
  readonly mediaPort?: number;
  /** The keys it accepts; default the demo key. */
  readonly keys?: readonly string[];
  /** Simulated seconds for each real second; default 1. */
  readonly speed?: number;
  /** Real ms since the epoch, for tests that hold the clock; default the computer's. Delays of faults always run on real timers. */
  readonly now?: () => number;
  /** Simulated ms that a link lives from the completion on; default 24 h (api.md 5). */
  readonly linkLifeMs?: number;
  /** Whether each answer signs a fresh link, instead of repeating the first; unproven of the real one (api.md 5), default no. */
  readonly renewLinks?: boolean;
  /** What happens to tasks that are made by create calls, over what the call says. */
  readonly createdTasks?: TaskPlan | ((request: CreateRequest) => TaskPlan);
  /** What goes wrong with a create call, by its body; where it says nothing, the faults that are set hold. */
  readonly createFault?: (body: string) => Fault | undefined;
}

/** A running simulated gateway: the API and the media origin, both real HTTP servers on 127.0.0.1. */
export interface Gateway extends AsyncDisposable {
  /** The address a user would enter: `http://127.0.0.1:PORT/kyyReactApiServer`. */
  readonly baseUrl: string;
  /** `http://127.0.0.1:OTHERPORT`. */
  readonly mediaOrigin: string;
  /** Every request to either origin, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Every task it knows, the oldest first. */
  readonly tasks: readonly SimulatedTask[];
  /** Puts a task there without a create call, and returns its id. */
  addTask(plan?: TaskPlan): string;
  /** Makes requests go wrong; see `Fault` for what, and `FaultTarget` for whose. Default target: `all`. */
  setFaults(script: FaultScript, target?: FaultTarget): void;
  /** Ends one target's faults, or all. */
  clearFaults(target?: FaultTarget): void;
  /** The next exchange that ends from now on, and fits: waiting without sleeping. */
  nextExchange(fits?: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** Simulated ms since the epoch. */
  now(): number;
  /** Jumps the simulated clock forward by ms. */
  advance(ms: number): void;
  /** Ends every connection and both servers; harmless when done before. */
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Starts a gateway that behaves as api.md says. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const { port = 0, mediaPort = 0, keys = [DEMO_KEY], speed = 1, linkLifeMs = DAY_MS } = options;
  const realNow = options.now ?? Date.now;
  const clock = new SimulatedClock(speed, realNow);
  const tasks = new Map<string, SimulatedTask>();
  const faults = new FaultScripts();
  const recorder = new Recorder();
  const signer = new LinkSigner();

  const now = (): number => clock.now();
  const findTask = (id: string): SimulatedTask | undefined => tasks.get(id);
  const makeTask = (plan: TaskPlan): SimulatedTask => {
    const task = planTask(plan, now(), linkLifeMs);
    tasks.set(task.id, task);
    return task;
  };
  const videoUrl = (task: SimulatedTask): string => {
    if (task.linkStyle === 'relay') return apiServer.origin + contentPath(task.id);
    const bornAt = options.renewLinks ? now() : task.endsAt;
    return mediaServer.origin + signer.sign(mediaPath(task), task.linkStyle, bornAt, task.linkLifeMs);
  };

  const handler =
    (
      origin: Origin,
      choose: (request: ReceivedRequest) => { fault: Fault; answer: Answer },
    ): RequestHandler =>
    async (message, response, signal) => {
      const record = recorder.open({ at: now(), realAt: realNow(), origin, ...describe(message), body: '' });
      try {
        record.body = await text(message);
        const address = `http://${message.headers.host ?? '127.0.0.1'}${record.path}`;
        const { fault, answer } = choose({ ...record, address });
        await deliver(response, answer, isDeliveryFault(fault) ? fault : { kind: 'none' }, record, signal);
      } finally {
        recorder.close(record);
      }
    };

  const media = new MediaOrigin({ signer, now, findTask });
  const mediaServer = await listenOnLoopback(
    mediaPort,
    handler('media', request => {
      const fault = faults.take(media.targets(request));
      return { fault, answer: media.answer(request, fault) };
    }),
  );
  const api = {
    keys,
    now,
    findTask,
    videoUrl,
    serve: (task: SimulatedTask, request: ReceivedRequest, fault: Fault) => media.serve(task, request, fault),
    makeTask: (request: CreateRequest, plan: TaskPlan) => {
      const { createdTasks } = options;
      const more = typeof createdTasks === 'function' ? createdTasks(request) : createdTasks;
      return makeTask({ ...plan, ...more });
    },
  };
  const apiServer = await listenOnLoopback(
    port,
    handler('gateway', request => {
      const route = apiRoute(request);
      const own = route.kind === 'create' ? options.createFault?.(request.body) : undefined;
      const fault = own ?? faults.take(apiTargets(route));
      return { fault, answer: answerApi(request, route, fault, api) };
    }),
  ).catch(async (error: unknown) => {
    await mediaServer.close();
    throw error;
  });

  const close = async (): Promise<void> => {
    await Promise.all([apiServer.close(), mediaServer.close()]);
  };
  return {
    baseUrl: apiServer.origin + API_PATH,
    mediaOrigin: mediaServer.origin,
    get requests() {
      return recorder.requests;
    },
    get tasks() {
      return [...tasks.values()];
    },
    addTask: (plan = {}) => makeTask(plan).id,
    setFaults: (script, target = 'all') => {
      faults.set(script, target);
    },
    clearFaults: target => {
      faults.clear(target);
    },
    nextExchange: (fits = () => true) => recorder.next(fits),
    now,
    advance: ms => {
      clock.advance(ms);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function describe({
  method = '',
  url = '',
  headers,
}: IncomingMessage): Pick<RecordedRequest, 'method' | 'path' | 'headers'> {
  return { method, path: url, headers };
}
