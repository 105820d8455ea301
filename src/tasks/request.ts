import { withoutQuery } from '../base/log.ts';
import type { Task } from './task.ts';

/** A link inside a text; its query can carry a signature, its beginning a password. */
const LINK = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi;

/** The request that made a task, fit to be given away: without the signatures of links, and without images sent in place of links. */
export function requestOf({ request }: Pick<Task, 'request'>): Record<string, unknown> | null {
  return parsedRequest(request, (_name, value) =>
    typeof value === 'string' ? withoutSecrets(value) : value,
  );
}

/** A text without what signs the links in it, and without the contents of a data URI. */
export function withoutSecrets(text: string): string {
  return text.replace(/^(data:[^,;]*)[;,].*$/is, '$1').replace(LINK, withoutQuery);
}

/** A request to be made once more. */
export interface KnownRequest {
  /** As it was sent, signatures of links included. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Fields with images inside the request that were left out where it was written down: without them it is another request. */
  readonly lost: readonly string[];
}

/** The request that made a task, where model and prompt are known, be it from this list, a sidecar or an import. */
export function knownRequestOf({
  request,
  model,
}: Pick<Task, 'request' | 'model'>): KnownRequest | undefined {
  const parsed = parsedRequest(request);
  if (!parsed) {
    return undefined;
  }
  const named = typeof parsed.model === 'string' && parsed.model !== '' ? parsed.model : model;
  const { prompt } = parsed;
  if (named === null || typeof prompt !== 'string' || prompt.trim() === '') {
    return undefined;
  }
  const lost = Object.keys(parsed).filter(name => [parsed[name]].flat().some(isCutImage));
  const kept = Object.entries(parsed).filter(([name]) => !lost.includes(name));
  return { request: { ...Object.fromEntries(kept), model: named }, lost };
}

/** What `withoutSecrets` leaves of an image. */
function isCutImage(value: unknown): boolean {
  return typeof value === 'string' && /^data:[^,]*$/i.test(value);
}

function parsedRequest(
  request: string | null,
  revive?: (name: string, value: unknown) => unknown,
): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null', revive);
    const isRequest = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isRequest ? (parsed as Record<string, unknown>) : null;
  } catch {
    // An imported task can carry anything.
    return null;
  }
}
