import { mediumOf, modelFamilyOf, type Medium } from '../tasks/family.ts';
import { inlineLink } from './inlineClip.ts';
import { linksIn } from './linkText.ts';
import { nodesIn, type JsonObject } from './responseTree.ts';

type Other = Exclude<Medium, 'video'>;

/** A link in a response, and the names that lead to it. */
interface NamedLink {
  readonly name: string;
  readonly link: string;
}

/** Names of fields with a generated image or audio, in order of trust (api.md sections 3.1 and 4). */
const RESULTS: Readonly<Record<Other, readonly RegExp[]>> = {
  image: [
    /(^|\.)(image url|image urls|result url|output url)$/,
    /(^|\.)(images?|results?|outputs?|data)(\.(url|uri|src|link|b64 json|b64|base64))?$/,
    // A field that all tasks have.
    /(^|\.)(urls?|video url)$/,
  ],
  audio: [
    /(^|\.)(audio url|audio urls|sound url|result url|output url)$/,
    /(^|\.)(audios?|results?|outputs?|data)(\.(url|uri|src|link|b64 json|b64|base64))?$/,
    /(^|\.)(urls?|video url)$/,
  ],
};

/** Words of what went into it, or stands for it. */
const NOT_THE_RESULT =
  /\b(reference|ref|source|first|last|mask|cover|thumb|thumbnail|preview|poster|upload|uploaded|avatar|logo|icon|callback|webhook|doc|docs)\b/;

/** The field of a result, whatever it is, where it leads to a file that is no video. */
const RESULT = /(^|\.)result url$/;
const OTHER_FILE = /\.(png|jpe?g|webp|gif|avif|mp3|wav|m4a|flac|ogg)$/i;

/** The fields of a model that nobody knows, in a response that speaks of no video. */
const OF_UNKNOWN = /(^|\.)(image|audio) urls?$/;

/**
 * The link to the image or audio of a task whose model makes no videos. Of another model's, only where the response leaves no doubt, so
 * that a video's cover image is not taken for the video. `base` is the gateway's address.
 */
export function findOtherResult(
  root: JsonObject,
  base: string,
  model: string | null,
  id?: string,
): string | undefined {
  const medium = mediumOf(model);
  const links = linksOf(root, base, medium, id);
  if (medium !== 'video') {
    return firstOf(RESULTS[medium], links);
  }
  const isUnknown = model === null || modelFamilyOf(model) === undefined;
  const names = isUnknown && !namesVideo(root, id) ? [RESULT, OF_UNKNOWN] : [RESULT];
  return firstOf(
    names,
    links.filter(({ link }) => OTHER_FILE.test(new URL(link).pathname)),
  );
}

function linksOf(root: JsonObject, base: string, medium: Medium, id: string | undefined): NamedLink[] {
  return nodesIn(root, id).flatMap(({ value, path }) => {
    const name = nameOf(path);
    if (typeof value !== 'string' || NOT_THE_RESULT.test(name)) {
      return [];
    }
    const inline = medium === 'video' ? undefined : inlineLink(value.trim(), id ?? '', medium);
    const links = inline === undefined ? linksIn(value, base, id).filter(isAddress) : [inline];
    return links.map(link => ({ name, link }));
  });
}

function firstOf(names: readonly RegExp[], links: readonly NamedLink[]): string | undefined {
  for (const pattern of names) {
    const found = links.find(({ name }) => pattern.test(name));
    if (found) {
      return found.link;
    }
  }
  return undefined;
}

/** Whether a response has a field for a video. */
function namesVideo(root: JsonObject, id: string | undefined): boolean {
  return nodesIn(root, id).some(({ path }) => path.at(-1)?.includes('video') === true);
}

function nameOf(path: readonly (readonly string[])[]): string {
  return path.map(words => words.join(' ')).join('.');
}

function isAddress(link: string): boolean {
  return /^https?:/.test(link);
}
