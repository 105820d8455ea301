import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FRAME_FIELDS, REFERENCE_FIELDS } from '../gateway/models.ts';
import { imageForm } from './images.ts';
import type { VideoRequest } from './request.ts';

/** An image of a request that is a file of this machine. */
export interface LocalImage {
  readonly field: string;
  /** Which of a list's items, from 0. */
  readonly index?: number;
  /** Its path, as the system takes it. */
  readonly path: string;
}

/** The images of a request that are files of this machine, in the order of its fields; the same file can be there more than once. */
export function localImagesOf(request: VideoRequest): LocalImage[] {
  return [...FRAME_FIELDS, ...REFERENCE_FIELDS].flatMap((field): LocalImage[] => {
    const value = request[field];
    return Array.isArray(value)
      ? value.flatMap((one, index) => (isFile(one) ? [{ field, index, path: pathOf(one) }] : []))
      : isFile(value)
        ? [{ field, path: pathOf(value) }]
        : [];
  });
}

/** The request with what `addressOf` gives in place of each file of this machine. */
export function withAddresses(request: VideoRequest, addressOf: (image: LocalImage) => string): VideoRequest {
  const images = localImagesOf(request);
  const fields = new Set(images.map(({ field }) => field));
  const changed = [...fields].map((field): [string, unknown] => {
    const value = request[field];
    const addresses = new Map(
      images.filter(one => one.field === field).map(one => [one.index, addressOf(one)]),
    );
    return [
      field,
      Array.isArray(value)
        ? value.map((one: unknown, index) => addresses.get(index) ?? one)
        : addresses.get(undefined),
    ];
  });
  return { ...request, ...Object.fromEntries(changed) };
}

function isFile(value: unknown): value is string {
  return typeof value === 'string' && imageForm(value) === 'file';
}

/** Takes `file:` addresses and `~/…` too. */
function pathOf(text: string): string {
  const trimmed = text.trim();
  if (/^file:/i.test(trimmed)) {
    try {
      return fileURLToPath(trimmed);
    } catch {
      // Not of this machine: no such file will be found.
      return trimmed;
    }
  }
  return /^~[/\\]/.test(trimmed) ? join(homedir(), trimmed.slice(2)) : trimmed;
}
