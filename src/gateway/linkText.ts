import { inlineLink } from './inlineClip.ts';

/** What a link seems to lead to, by its own looks. */
export type LinkLook = 'video' | 'playlist' | 'other' | 'notVideo';

/** Endings of what is no video: images, audio, pages and texts. */
const OTHER_FILE =
  /\.(png|jpe?g|webp|gif|bmp|svg|avif|heic|tiff?|ico|mp3|wav|m4a|aac|ogg|flac|html?|pdf|json|txt|md|srt|vtt|ass|xml|zip|js|css)$/i;

const VIDEO_FILE = /\.(mp4|m4v|mov|webm|mkv|avi|mpe?g|ts)$/i;

/** A still of a video, cut out by an object store (Alibaba OSS, Qiniu, Tencent COS). */
const SNAPSHOT =
  /video\/snapshot|vframe|imageMogr|imageView|f_(jpg|png|webp)|ci-process=snapshot|[?&](format|fm|output)=(jpe?g|png|webp)/i;

/** Addresses of pages and of the API, not of videos. */
const NOT_MEDIA =
  /^https?:\/\/(docs?|help|support|status|wiki)\.|\/(docs?|help|documentation|api-reference|terms|pricing)(\/|$)|\/v\d+\/([\w-]+\/)?(results?|tasks?|jobs?|predictions?|requests?|operations?|generations?)\/[^/?#]+\/?([?#]|$)|\/(webhooks?|callbacks?|notify)(\/|[?#]|$)/i;

/** What a link looks like. */
export function lookOf(link: string): LinkLook {
  const path = URL.parse(link)?.pathname ?? '';
  if (OTHER_FILE.test(path) || SNAPSHOT.test(link) || (NOT_MEDIA.test(link) && !VIDEO_FILE.test(path))) {
    return 'notVideo';
  }
  if (/\.m3u8?$/i.test(path)) {
    return 'playlist';
  }
  return VIDEO_FILE.test(path) ? 'video' : 'other';
}

/** What stands around a link in prose. */
const QUOTES = `"'“”‘’\``;

/** As much of a text is looked through for links, characters, and for so many of them amid its words. */
const LONGEST_TEXT = 64 * 1024;
const MOST_LINKS = 50;

/**
 * The links in a text, in full: a bare one, one without a host, or in Markdown, angle brackets, quotes or a sentence. `base` is what
 * links without a host are below.
 */
export function linksIn(text: string, base: string, id = ''): string[] {
  const trimmed = withoutEnds(text.trim().slice(0, LONGEST_TEXT), QUOTES, QUOTES).trim();
  const inline = inlineLink(trimmed, id);
  if (inline !== undefined) {
    return [inline];
  }
  if (/^data:/i.test(trimmed)) {
    return [];
  }
  const bare = resolved(trimmed, base);
  if (bare !== undefined) {
    return [bare];
  }
  const marked = [...trimmed.matchAll(/\]\(\s*<?([^\s)>]+)/g)]
    .slice(0, MOST_LINKS)
    .map(([, link = '']) => resolved(link, base));
  const amid = [...trimmed.matchAll(/https?:\/\/[^\s<>"'“”‘’`)\]}，。；、（）【】]+/gi)]
    .slice(0, MOST_LINKS)
    .map(([link]) => resolved(withoutEnds(link, '', '.,;:!?'), base));
  return [...marked, ...amid].filter(link => link !== undefined);
}

/** A text without these characters at its beginning and its end. A regular expression takes time without end for many of them. */
function withoutEnds(text: string, atStart: string, atEnd: string): string {
  let [start, end] = [0, text.length];
  while (start < end && atStart.includes(text.charAt(start))) {
    start++;
  }
  while (end > start && atEnd.includes(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

/** A text that is a link as a whole. A path counts as one: below the base where it is one of the API's, else below the origin. */
function resolved(text: string, base: string): string | undefined {
  if (/[\s<>"]/.test(text) || !/^(https?:\/\/[^/]|\/)/i.test(text)) {
    return undefined;
  }
  const isApiPath = /^\/v\d+\//.test(text) && !isBelow(text, base);
  const url = URL.parse(isApiPath ? base + text : text, base);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}

function isBelow(path: string, base: string): boolean {
  return (
    path.startsWith(`${URL.parse(base)?.pathname.replace(/\/+$/, '') ?? ''}/`) &&
    URL.parse(base)?.pathname !== '/'
  );
}
