import { nodesIn, type JsonObject, type JsonNode } from './responseTree.ts';
import { linksIn, lookOf } from './linkText.ts';

/** The link to a finished clip, and others that might as well be it. */
export interface FoundLink {
  readonly link: string;
  readonly others: readonly string[];
}

/** How the link is looked for. */
export interface LinkOptions {
  /** Whether a `result_url` comes before a `video_url`, as in the model center (api.md section 3.1). */
  readonly prefersResult?: boolean;
}

/** A link that may lead to the clip. */
interface Candidate {
  readonly link: string;
  /** The lower, the more it is to be trusted. */
  readonly rank: number;
}

/** The most links that are considered: a response with more is not about one task. */
const MOST_CANDIDATES = 500;

/** Words in a name of what is not the clip: images of it, what went into it, what is said about it, and other addresses of the API. */
const NOT_THE_CLIP = new Set(
  `cover covers thumb thumbs thumbnail thumbnails poster posters frame frames image images img imgs picture pictures photo photos pic pics
   snapshot still avatar avatars logo logos icon icons banner reference references ref refs source_video upload uploads uploaded
   audio audios music sound voice subtitle subtitles caption captions srt lyrics
   callback webhook webhooks hook notify notification doc docs documentation help support terms pricing console dashboard
   share homepage profile author user owner self poll polling cancel get query request requests prompt prompts negative error errors
   fail failure msg watermark_image base host endpoint api referer referrer previous next invoice`.split(
    /\s+/,
  ),
);

/** Names of what holds the clip, in order of trust (api.md 3.1, and relays). */
const RANKED: readonly RegExp[] = [
  /(^|[. ])(video url|video uri|video link|mp4 url|video download url)$/,
  /(^|[. ])(result url|output url|result video|result video url)$/,
  /^((data|result|task|response|output|body|payload|info|detail)\.)*(url|uri)$/,
  /(^|[. ])(videos?|clips?|mp4)(\.(url|uri|src|href|link|download url|file url|play url|resource|resource without watermark))?$/,
  /(^|[. ])(outputs?|results?|result urls?|output urls?|video urls?|urls|download url|file url|media url|play url|official media url|origin urls|works|creations|assets|files?|content)(\.(url|uri|src|href|link|resource))?$/,
  /(^|[. ])(metadata|meta|content|data|generations?|samples?|choices|message)\.(url|uri|src|link|content|text)$/,
];

/** The rank of what comes before all known names. */
const FIRST = -1;

/** Ranks after the known names: what is a video by its looks or name; a playlist; what only happens to be a link; a reason that is none. */
const LIKELY = RANKED.length;
const PLAYLIST = LIKELY + 1;
const UNLIKELY = LIKELY + 2;

/**
 * The link to the clip in the response of a finished task, whatever its shape; `undefined` where there is none, or several that are no more than
 * links. Known names come first. Never a cover, a frame or an input. `base` is the gateway's address.
 */
export function findLink(
  root: JsonObject,
  base: string,
  id?: string,
  { prefersResult = false }: LinkOptions = {},
): FoundLink | undefined {
  const candidates: Candidate[] = [];
  for (const node of nodesIn(root, id)) {
    const found = candidatesAt(node, base, id);
    candidates.push(
      ...(prefersResult && node.path.at(-1)?.join(' ') === 'result url'
        ? found.map(one => ({ ...one, rank: Math.min(one.rank, FIRST) }))
        : found),
    );
    if (candidates.length > MOST_CANDIDATES) {
      break;
    }
  }
  const best = Math.min(...candidates.map(({ rank }) => rank));
  const [link, ...others] = new Set(candidates.filter(({ rank }) => rank === best).map(found => found.link));
  return link === undefined || (best === UNLIKELY && others.length > 0) ? undefined : { link, others };
}

function candidatesAt({ value, path }: JsonNode, base: string, id: string | undefined): Candidate[] {
  // Relays of the new-api kind have the link of a finished clip as its "reason".
  const isReason = path.at(-1)?.join(' ') === 'fail reason';
  if (typeof value !== 'string' || (!isReason && path.some(isOther))) {
    return [];
  }
  const name = path.map(words => words.join(' ')).join('.');
  return linksIn(value, base, id).flatMap((link): Candidate[] => {
    const rank = rankOf(link, name, isReason, value, base);
    return rank === undefined ? [] : [{ link, rank }];
  });
}

/** Whether a name is that of something else, such as `source_video_url` or `cover`. */
function isOther(words: readonly string[]): boolean {
  const isSource = words.length > 1 && words[0] === 'source';
  return isSource || words.some(word => NOT_THE_CLIP.has(word));
}

function rankOf(
  link: string,
  name: string,
  isReason: boolean,
  value: string,
  base: string,
): number | undefined {
  if (link.startsWith('data:')) {
    const known = RANKED.findIndex(names => names.test(name));
    return known === -1 ? LIKELY : known;
  }
  const look = lookOf(link);
  if (look === 'notVideo' || link === base) {
    return undefined;
  }
  if (look === 'playlist') {
    return PLAYLIST;
  }
  const isWhole = !/\s/.test(value.trim());
  const known = isReason ? -1 : RANKED.findIndex(names => names.test(name));
  if (known !== -1 && (isWhole || look === 'video')) {
    // A bare `url` can be anything, unless it looks like a video.
    return known === 2 && look !== 'video' ? LIKELY - 0.5 : known;
  }
  const isPath = value.trim().startsWith('/') && !value.trim().startsWith('//');
  if (look === 'video' || (/video|mp4|media|clip|movie|download/.test(name) && isWhole)) {
    return LIKELY;
  }
  return isPath ? undefined : UNLIKELY;
}
