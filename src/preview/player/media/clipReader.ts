import { ClipWorkers } from './clipWorker.ts';
import type { MediaFacts } from './facts.ts';
import { targetCodecs } from './messages.ts';
import { asAudioError, AudioError } from './audioError.ts';
import type { OpenClip, ClipSource } from './clipSource.ts';

/** Reading an index takes some 10 ms. A file that needs longer than this is made to block its reader, ms. */
const READ_LIMIT = 5_000;

/** Converting takes a twentieth of the clip's duration on two cores. Its limit is the whole duration plus this, ms. */
const CONVERT_LIMIT = 15_000;

/** Reads clips and converts their audio, in a worker, one clip after the other. Never writes files. */
export class ClipReader implements ClipSource {
  private readonly workers: ClipWorkers;

  /** `script` is the URL of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.workers = new ClipWorkers(script);
  }

  /** The properties of a clip. Rejects with an `AudioError` if the file cannot be read as a clip. */
  async readMedia(source: string): Promise<MediaFacts> {
    return (await this.open(source, new AbortController().signal)).facts;
  }

  async open(source: string, signal: AbortSignal): Promise<OpenClip> {
    try {
      const [file] = await Promise.all([fetchFile(source, signal), this.workers.start()]);
      const facts = await this.workers.request('read', { file }, { limit: READ_LIMIT, signal });
      return new Clip(file, facts, this.workers, signal);
    } catch (error) {
      throw asAudioError(error, 'unreadable');
    }
  }
}

class Clip implements OpenClip {
  readonly facts: MediaFacts;
  private readonly file: Blob;
  private readonly workers: ClipWorkers;
  private readonly signal: AbortSignal;

  constructor(file: Blob, facts: MediaFacts, workers: ClipWorkers, signal: AbortSignal) {
    this.file = file;
    this.facts = facts;
    this.workers = workers;
    this.signal = signal;
  }

  async audioNeed(): Promise<'none' | 'native' | 'conversion'> {
    const { audio } = this.facts;
    if (!audio) {
      return 'none';
    }
    const { file, signal } = this;
    const isPromised = audio.codec !== null && KINDS.some(kind => canPlay(audio.codec ?? '', kind));
    return isPromised && (await this.workers.request('tryDecoding', { file }, { limit: READ_LIMIT, signal }))
      ? 'native'
      : 'conversion';
  }

  async convert(): Promise<Blob> {
    const codecs = targetCodecs.filter(codec => canPlay(codec, 'mp4'));
    if (codecs.length === 0) {
      throw new AudioError('unplayable');
    }
    const { file, signal } = this;
    const limit = CONVERT_LIMIT + this.facts.duration * 1_000;
    return this.workers.request('convert', { file, codecs }, { limit, signal });
  }
}

/** The containers to test the browser's support with: AAC comes in MP4, Vorbis and Opus in WebM. */
const KINDS = ['mp4', 'webm'] as const;

/** Whether the browser claims to play a codec (as in RFC 6381) in a container. */
function canPlay(codec: string, kind: (typeof KINDS)[number]): boolean {
  return document.createElement('video').canPlayType(`video/${kind}; codecs="${codec}"`) !== '';
}

/**
 * The whole clip as a blob, which the browser keeps outside the page's memory. Requested as a range, like a video, because VS Code
 * leaves a copy of every whole file in the webview's cache.
 */
export async function fetchFile(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { headers: { Range: 'bytes=0-' }, signal });
  if (!response.ok) {
    throw new AudioError('unreadable', `HTTP ${response.status}`);
  }
  return response.blob();
}
