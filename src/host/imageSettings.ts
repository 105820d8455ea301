import { settings } from '../ids.ts';
import type { Uploader } from '../making/uploaders.ts';
import { read } from './settings.ts';

/** How images of this machine get to the web, or what stands in the way: nothing is chosen, or a setting says nothing usable. */
export type UploaderChoice =
  | { readonly uploader: Uploader }
  | { readonly trouble: 'none' | 'noCommand' | 'badAddress' | 'remoteAddress' };

/** How long a host is taken to keep an image where nothing usable is set, days, as in package.json. */
const DEFAULT_DAYS = 7;

/** The uploader that the person has chosen. */
export function uploaderSetting(): UploaderChoice {
  switch (read(settings.imagesUploader)) {
    case 'picgo':
      return picgo();
    case 'command':
      return command();
    default:
      return { trouble: 'none' };
  }
}

/** How long an uploaded image can be used again, days. */
export function imagesExpireAfterSetting(): number {
  const days = read(settings.imagesExpireAfter);
  return typeof days === 'number' && days >= 0 ? days : DEFAULT_DAYS;
}

/** PicGo reads the file itself, so it can only run on this machine. */
function picgo(): UploaderChoice {
  const value = read(settings.imagesPicgoUrl);
  const url = typeof value === 'string' ? URL.parse(value.trim()) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return { trouble: 'badAddress' };
  }
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(url.hostname)
    ? { uploader: { kind: 'picgo', address: url.href } }
    : { trouble: 'remoteAddress' };
}

function command(): UploaderChoice {
  const value = read(settings.imagesCommand);
  const isCommand =
    Array.isArray(value) &&
    value.every(word => typeof word === 'string') &&
    typeof value[0] === 'string' &&
    value[0].trim() !== '';
  return isCommand ? { uploader: { kind: 'command', command: value } } : { trouble: 'noCommand' };
}
