import { isAbsolute, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Longer than a drive's letter, which is no scheme. */
const URI = /^[a-z][a-z0-9+.-]+:/iu;

/**
 * Where a program finds a clip from a timeline in a folder: a relative address, so that both can move together; an absolute one where
 * there is none, as on another drive. Both are paths of this machine, or URIs.
 */
export function mediaUrl(path: string, folder: string): string {
  const whole = path.toWellFormed();
  if (URI.test(whole) || URI.test(folder)) {
    return sharesMachine(whole, folder) ? wayBetween(whole, folder) : absoluteUrl(whole);
  }
  const way = relative(folder, whole);
  // Encoded, no part can be taken for a scheme, a query or a fragment.
  return isAbsolute(way) ? absoluteUrl(whole) : way.split(sep).map(encodeURIComponent).join('/');
}

/** Whether a clip and a folder are of one machine or file system. Only VS Code reaches what has another URI. */
export function sharesMachine(path: string, folder: string): boolean {
  return originOf(path) === originOf(folder);
}

/** The last part of a path or URI. */
export function fileNameOf(path: string): string {
  const name = path.split(/[\\/]/u).at(-1) ?? '';
  return URI.test(path) ? decoded(name) : name;
}

function absoluteUrl(path: string): string {
  return URI.test(path) ? path : pathToFileURL(path).href;
}

function originOf(path: string): string {
  const url = URI.test(path) ? URL.parse(path) : null;
  return url ? `${url.protocol}//${url.host}` : 'file://';
}

/** The parts of a URI are encoded already. */
function wayBetween(path: string, folder: string): string {
  return posix.relative(URL.parse(folder)?.pathname ?? '', URL.parse(path)?.pathname ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
