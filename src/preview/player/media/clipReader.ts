import { ClipWorkers } from './clipWorker.ts';
import type { MediaFacts } from './facts.ts';
import { targetCodecs } from './messages.ts';
import { asAudioError, AudioError } from './audioError.ts';
import type { OpenClip, ClipSource } from './clipSource.ts';

/** Reading an index takes some 10 ms; what takes longer than this is made to take for ever, ms. */
const READ_LIMIT = 5_000;

/** Converting takes a twentieth of the time that a clip plays, on two cores. It may take all of it, and this, ms. */
const CONVERT_LIMIT = 15_000;

/** Reads clips and makes their sound playable, one after the other, in a worker. Files are only read. */
export class ClipReader implements ClipSource {
  private readonly workers: ClipWorkers;

  /** `script` is the address of `dist/pages/clipWorker.js`. */
  constructor(script: string) {
    this.workers = new ClipWorkers(script);
  }

  /** What a clip is. Throws a `SoundError` for what cannot be read as one. */
  async readMedia(source: string): Promise<MediaFacts> {
    return (await this.open(source, new AbortController().signal)).facts;
  }

  async open(source: string, signal: AbortSignal): Promise<OpenClip> {
    try {
      const [file] = await Promise.all([fetchFile(source, signal), this.workers.start()]);
      const facts = await this.workers.ask('read', { file }, { limit: READ_LIMIT, signal });
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
    return isPromised && (await this.workers.ask('tryDecoding', { file }, { limit: READ_LIMIT, signal }))
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
    return this.workers.ask('convert', { file, codecs }, { limit, signal });
  }
}

/** The containers that sound comes in: VP8 with Vorbis is at home in one, AAC in the other. */
const KINDS = ['mp4', 'webm'] as const;

/** What the host says that it can play in a container; of a codec as RFC 6381 writes it. */
function canPlay(codec: string, kind: (typeof KINDS)[number]): boolean {
  return document.createElement('video').canPlayType(`video/${kind}; codecs="${codec}"`) !== '';
}

/**
 * All of a clip, which the browser keeps outside the page's memory. Asked for as a part, the way a video is: of a whole file
 * VS Code would lay a copy into the webview's cache, and leave it there.
 */
async function fetchFile(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { headers: { Range: 'bytes=0-' }, signal });
  if (!response.ok) {
    throw new AudioError('unreadable', `HTTP ${response.status}`);
  }
  return response.blob();
}
