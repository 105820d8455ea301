import ipaddr from 'ipaddr.js';

/** The largest image that is sent inside a request, characters of its data URI: larger ones gave errors (api.md section 2). */
export const LARGEST_DATA_IMAGE = 1024 * 1024;

/**
 * What an image in a request is: a `link` the gateway can fetch, `data`, a `file` on this machine, or why it is none of
 * these: an address only this network knows, a link with a password in it, another scheme, or no address at all.
 */
export type ImageForm = 'link' | 'data' | 'file' | 'private' | 'password' | 'scheme' | 'empty';

/** Classifies an image's address. Total: any text has one kind. */
export function imageForm(text: string): ImageForm {
  const trimmed = text.trim();
  if (trimmed === '') {
    return 'empty';
  }
  if (/^data:image\//i.test(trimmed)) {
    return 'data';
  }
  // A scheme has two letters or more: `C:` is a drive.
  const scheme = /^([a-z][a-z\d+.-]+):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'file') {
    return 'file';
  }
  const url = URL.parse(trimmed);
  if (!url || (scheme !== 'http' && scheme !== 'https')) {
    return 'scheme';
  }
  if (url.username !== '' || url.password !== '') {
    return 'password';
  }
  return isPublic(url.hostname) ? 'link' : 'private';
}

/** Whether a host name can be one of the public internet: the gateway fetches images itself. */
function isPublic(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(bare)) {
    return ipaddr.process(bare).range() === 'unicast';
  }
  return bare.includes('.') && !/\.(?:local|localhost|internal|lan|home\.arpa|test|invalid)$/i.test(bare);
}
