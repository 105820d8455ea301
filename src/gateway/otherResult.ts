import { mediumOf, type Medium } from '../tasks/family.ts';
import { linksIn } from './linkText.ts';
import { nodesIn, type JsonObject } from './responseTree.ts';

/** Names of fields with a generated image or audio, in order of trust (api.md sections 3.1 and 4). */
const RESULTS: Readonly<Record<Exclude<Medium, 'video'>, readonly RegExp[]>> = {
  image: [
    /(^|\.)(image url|image urls|result url|output url)$/,
    /(^|\.)(images?|results?|outputs?|data)(\.(url|uri|src|link))?$/,
    /(^|\.)urls?$/,
  ],
  audio: [
    /(^|\.)(audio url|audio urls|sound url|result url|output url)$/,
    /(^|\.)(audios?|results?|outputs?|data)(\.(url|uri|src|link))?$/,
    /(^|\.)urls?$/,
  ],
};

/** Words of what went into it, or stands for it. */
const NOT_THE_RESULT =
  /\b(reference|ref|source|first|last|mask|cover|thumb|thumbnail|preview|poster|upload|uploaded|avatar|logo|icon|callback|webhook|doc|docs)\b/;

/**
 * The link to the image or audio of a task whose model makes no videos; `undefined` for all others, so that a video's cover image
 * is not taken for the video. `base` is the gateway's address.
 */
export function findOtherResult(
  root: JsonObject,
  base: string,
  model: string | null,
  id?: string,
): string | undefined {
  const medium = mediumOf(model);
  if (medium === 'video') {
    return undefined;
  }
  const links = nodesIn(root, id).flatMap(({ value, path }) => {
    const name = path.map(words => words.join(' ')).join('.');
    return typeof value === 'string' && !NOT_THE_RESULT.test(name)
      ? linksIn(value, base, id)
          .filter(link => /^https?:/.test(link))
          .map(link => ({ name, link }))
      : [];
  });
  for (const names of RESULTS[medium]) {
    const found = links.find(({ name }) => names.test(name));
    if (found) {
      return found.link;
    }
  }
  return undefined;
}
