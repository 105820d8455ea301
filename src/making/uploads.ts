import { HOUR } from '../base/clock.ts';
import { REFERENCE_FIELDS, type Model } from '../gateway/models.ts';
import { LARGEST_DATA_IMAGE } from './images.ts';
import { dataAddress, dataLength, type ImageFile } from './imageFile.ts';
import { localImagesOf, withAddresses } from './localImages.ts';
import type { VideoRequest } from './request.ts';

/** Images that were uploaded, by uploader and hash of the file. */
export type UploadMemory = Readonly<Record<string, Upload>>;

/** Where an image went, and when, ms since the epoch. */
export interface Upload {
  readonly link: string;
  readonly at: number;
}

/** The most uploads that are remembered: the oldest go first. */
const MOST_REMEMBERED = 1000;

/** The link of an image that was uploaded before, unless that was too long ago, or it was refused since: hosts delete what they hold. */
export function rememberedLink(
  memory: UploadMemory,
  uploader: string,
  hash: string,
  now: number,
  expiresAfterDays: number,
  wasRefused: (upload: Upload) => boolean = () => false,
): string | undefined {
  const upload = memory[nameOf(uploader, hash)];
  // One from the future is of a clock that went wrong.
  const isFresh = upload && upload.at <= now && now - upload.at < expiresAfterDays * 24 * HOUR;
  return isFresh && !wasRefused(upload) ? upload.link : undefined;
}

/** What came of a request: what was sent, JSON, and why no video came of it. */
export interface RefusedRequest {
  readonly request: string | null;
  readonly reason: string | null;
}

/** Whether one of the requests was refused for an image with this link. Gateways say it in words of their own (api.md 3.3). */
export function isRefusedImage(link: string, requests: Iterable<RefusedRequest>): boolean {
  const written = JSON.stringify(link);
  return [...requests].some(
    ({ request, reason }) =>
      /image|picture|photo|\burl\b|素材|图片|图像|下载/i.test(reason ?? '') &&
      request?.includes(written) === true,
  );
}

/** The memory with one upload more. */
export function withUpload(
  memory: UploadMemory,
  uploader: string,
  hash: string,
  upload: Upload,
): UploadMemory {
  const all = Object.entries({ ...memory, [nameOf(uploader, hash)]: upload });
  return Object.fromEntries(all.sort(([, one], [, other]) => other.at - one.at).slice(0, MOST_REMEMBERED));
}

/** Whether something that was kept is such a memory. */
export function isUploadMemory(value: unknown): value is UploadMemory {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        'link' in one &&
        typeof one.link === 'string' &&
        'at' in one &&
        typeof one.at === 'number',
    )
  );
}

function nameOf(uploader: string, hash: string): string {
  return `${uploader} ${hash}`;
}

/** What becomes of the local images of one request. */
export interface ImagePlan {
  /** By path: those that are sent inside the request. */
  readonly inside: ReadonlyMap<string, string>;
  /** Those that need a place on the web, each once. */
  readonly toUpload: readonly ImageFile[];
}

/**
 * Which images of a request go inside it and which need a place on the web. Where the model takes images inside a request, they
 * go there as long as all of them together are small.
 */
export function planImages(
  request: VideoRequest,
  model: Model | undefined,
  fileAt: (path: string) => ImageFile,
): ImagePlan {
  const images = localImagesOf(request);
  const files = new Map(images.map(({ path }) => [path, fileAt(path)]));
  const canBeInside =
    model?.reference?.takesData === true &&
    images.every(({ field }) => (REFERENCE_FIELDS as readonly string[]).includes(field)) &&
    images.reduce((length, { path }) => length + dataLength(fileAt(path)), 0) <= LARGEST_DATA_IMAGE;
  return canBeInside
    ? { inside: new Map([...files].map(([path, file]) => [path, dataAddress(file)])), toUpload: [] }
    : {
        inside: new Map(),
        toUpload: eachOnce([...files.values()]),
      };
}

/** The first of the files with the same content. */
export function eachOnce(files: readonly ImageFile[]): ImageFile[] {
  return files.filter((file, index) => files.findIndex(one => one.hash === file.hash) === index);
}

/** The request as it is sent: with images inside it, and with the links of those on the web (by hash). */
export function withImages(
  request: VideoRequest,
  { inside }: ImagePlan,
  fileAt: (path: string) => ImageFile,
  links: ReadonlyMap<string, string>,
): VideoRequest {
  return withAddresses(request, ({ path }) => {
    const address = inside.get(path) ?? links.get(fileAt(path).hash);
    if (address === undefined) {
      throw new Error(`No address for ${path}`);
    }
    return address;
  });
}
