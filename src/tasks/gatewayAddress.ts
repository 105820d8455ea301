import { SECOND } from '../base/clock.ts';
import { isLoopbackHost } from '../base/hosts.ts';
import type { Task } from './task.ts';

/** A gateway's address, judged once: everything that depends on which gateway it is follows from here. */
export interface GatewayAddress {
  /** Without `/v1` and without a trailing slash; paths such as `/v1/result/{id}` are appended to it. */
  readonly base: string;
  /** Scheme, host and port: what a key is bound to. */
  readonly origin: string;
  /** On this machine: the simulated gateway, or a local proxy under test. */
  readonly isLoopback: boolean;
  /** The shortest time between two polls of one task, ms. */
  readonly shortestInterval: number;
  /** The time over which the requests of a check of the gateway are spread at least, ms. */
  readonly checkSpan: number;
}

export type AddressProblem = 'notAnAddress' | 'notHttps' | 'hasPassword';

/** The path below which the gateway serves its API (api.md section 0), added where an address has none. */
const API_PATH = '/kyyReactApiServer';

/** The gateway's documented rule (api.md 3.4), and the pace at which a gateway on this machine may be polled (design.md). */
const SHORTEST_INTERVAL = 30 * SECOND;
const SHORTEST_LOOPBACK_INTERVAL = SECOND;

/** How many of the shortest intervals a check of the gateway lasts: the last of its requests may be about the same task as the first. */
const CHECK_INTERVALS = 2;

/**
 * Makes one address of all the shapes people paste: with or without scheme, API path, `/v1`, a copied request path,
 * query or trailing slashes. Only https is accepted, except on loopback.
 */
export function judgeAddress(text: string): GatewayAddress | AddressProblem {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : withScheme(trimmed));
  if (!url || url.hostname === '' || /\s/.test(trimmed)) {
    return 'notAnAddress';
  }
  if (url.username !== '' || url.password !== '') {
    return 'hasPassword';
  }
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    return 'notHttps';
  }
  const shortestInterval = isLoopback ? SHORTEST_LOOPBACK_INTERVAL : SHORTEST_INTERVAL;
  const path = url.pathname.replace(/\/v1(\/.*)?$/i, '').replace(/\/+$/, '');
  return {
    base: url.origin + (path === '' ? API_PATH : path),
    origin: url.origin,
    isLoopback,
    shortestInterval,
    checkSpan: CHECK_INTERVALS * shortestInterval,
  };
}

function withScheme(text: string): string {
  const host = URL.parse(`https://${text}`)?.hostname;
  return `${host !== undefined && isLoopbackHost(host) ? 'http' : 'https'}://${text}`;
}

/** Whether an address is in the form that tasks are stored with. */
export function isBaseAddress(text: string): boolean {
  const address = judgeAddress(text);
  return typeof address !== 'string' && address.base === text;
}

/**
 * Whether a gateway is on this machine and is not that of the settings (`setting`, as the person wrote it): what comes from outside
 * must not bring one, as links of such a gateway's tasks may lead into this machine.
 */
export function isForeignLocal(gateway: string, setting: string): boolean {
  const [address, own] = [judgeAddress(gateway), judgeAddress(setting)];
  return (
    typeof address === 'string' ||
    (address.isLoopback && (typeof own === 'string' || own.base !== address.base))
  );
}

/** The gateway a task was tracked with. Stored addresses were judged before they were stored. */
export function gatewayOf(task: Pick<Task, 'gateway'>): GatewayAddress {
  const address = judgeAddress(task.gateway);
  if (typeof address === 'string') {
    throw new Error(`The stored gateway address ${task.gateway} cannot be used (${address}).`);
  }
  return address;
}
