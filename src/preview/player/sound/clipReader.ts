import { ClipWorker } from './clipWorker.ts';
import type { MediaFacts } from './facts.ts';
import { targetCodecs, type Answers, type RequestName, type Requests } from './messages.ts';
import { asSoundError, SoundError } from './soundError.ts';
import type { OpenClip, SoundSource } from './source.ts';

/** Reads clips and makes their sound playable, one after the other, in a worker. Files are only read. */
export class ClipReader implements SoundSource {
  private readonly script: string;
  /** Started with the first clip; the next ones find its decoder warm. */
  private worker: Promise<ClipWorker> | undefined;

  /** `script` is the address of `dist/pages/sound.js`. */
  constructor(script: string) {
    this.script = script;
  }

  /** What a clip is. Throws a `SoundError` for what cannot be read as one. */
  async readMedia(source: string): Promise<MediaFacts> {
    return (await this.open(source, new AbortController().signal)).facts;
  }

  async open(source: string, signal: AbortSignal): Promise<OpenClip> {
    const ask: Ask = (name, request) => this.ask(name, request, signal);
    try {
      const [file] = await Promise.all([fetchBlob(source, signal), this.start()]);
      return new Clip(file, await ask('read', { file }), ask);
    } catch (error) {
      throw asSoundError(error, 'unreadable');
    }
  }

  private start(): Promise<ClipWorker> {
    this.worker ??= startWorker(this.script).catch((error: unknown) => {
      this.worker = undefined;
      throw error;
    });
    return this.worker;
  }

  private async ask<Name extends RequestName>(
    name: Name,
    request: Requests[Name],
    signal: AbortSignal,
  ): Promise<Answers[Name]> {
    const started = this.start();
    const worker = await started;
    try {
      return await worker.ask(name, request, signal);
    } catch (error) {
      // In the middle of its work, or with a fault in its memory, it is not for the next clip.
      worker.end();
      if (this.worker === started) {
        this.worker = undefined;
      }
      throw error;
    }
  }
}

type Ask = <Name extends RequestName>(name: Name, request: Requests[Name]) => Promise<Answers[Name]>;

class Clip implements OpenClip {
  readonly facts: MediaFacts;
  private readonly file: Blob;
  private readonly ask: Ask;

  constructor(file: Blob, facts: MediaFacts, ask: Ask) {
    this.file = file;
    this.facts = facts;
    this.ask = ask;
  }

  async soundNeed(): Promise<'none' | 'native' | 'conversion'> {
    const { sound } = this.facts;
    if (!sound) {
      return 'none';
    }
    const isPromised = sound.codec !== null && KINDS.some(kind => canPlay(sound.codec ?? '', kind));
    return isPromised && (await this.ask('tryDecoding', { file: this.file })) ? 'native' : 'conversion';
  }

  async convert(): Promise<Blob> {
    const codecs = targetCodecs.filter(codec => canPlay(codec, 'mp4'));
    if (codecs.length === 0) {
      throw new SoundError('unplayable');
    }
    return this.ask('convert', { file: this.file, codecs });
  }
}

/** The containers that sound comes in: VP8 with Vorbis is at home in one, AAC in the other. */
const KINDS = ['mp4', 'webm'] as const;

/** What the host says that it can play in a container; of a codec as RFC 6381 writes it. */
function canPlay(codec: string, kind: (typeof KINDS)[number]): boolean {
  return document.createElement('video').canPlayType(`video/${kind}; codecs="${codec}"`) !== '';
}

async function startWorker(script: string): Promise<ClipWorker> {
  return new ClipWorker(await fetchBlob(script, new AbortController().signal));
}

/** All of a file. The browser keeps the bytes; the page's own memory and thread have nothing to do with them. */
async function fetchBlob(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { signal });
  if (!response.ok) {
    throw new SoundError('unreadable', `HTTP ${response.status}`);
  }
  return response.blob();
}
