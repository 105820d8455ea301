import { withoutQuery } from '../base/log.ts';
import type { Task } from './task.ts';

/** A link inside a text; its query can carry a signature, its beginning a password. */
const LINK = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi;

/** The request that made a task, fit to be given away: without the signatures of links, and without images sent in place of links. */
export function requestOf({ request }: Pick<Task, 'request'>): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(request ?? 'null', (_name, value: unknown) =>
      typeof value === 'string' ? withoutSecrets(value) : value,
    );
    const isRequest = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isRequest ? (parsed as Record<string, unknown>) : null;
  } catch {
    // An imported task can carry anything.
    return null;
  }
}

/** A text without what signs the links in it, and without the contents of a data URI. */
export function withoutSecrets(text: string): string {
  return text.replace(/^(data:[^,;]*)[;,].*$/is, '$1').replace(LINK, withoutQuery);
}
