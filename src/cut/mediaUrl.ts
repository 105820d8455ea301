import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Longer than a drive's letter, which is no scheme. */
const URI = /^[a-z][a-z0-9+.-]+:/iu;

/**
 * Where a program finds a clip from a timeline in a folder: a relative address, so that both can move together; an absolute one where
 * there is none, as on another drive.
 */
export function mediaUrl(path: string, folder: string): string {
  const whole = path.toWellFormed();
  if (URI.test(whole)) {
    return whole;
  }
  const way = relative(folder, whole);
  // Encoded, no part can be taken for a scheme, a query or a fragment.
  return isAbsolute(way) ? pathToFileURL(whole).href : way.split(sep).map(encodeURIComponent).join('/');
}

/** The last part of a path or URI. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? '';
}
