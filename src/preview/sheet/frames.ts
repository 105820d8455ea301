import { FrameReader } from '../player/frameReader.ts';
import type { SheetClip } from '../sheetProtocol.ts';

/** Frames that are taken at the same time. */
const AT_ONCE = 2;

/** Frames that are kept: of 360 x 202 pixels and 4 bytes they take 58 MB. */
const KEPT = 200;

/** The longer side of a first frame, pixels: sharp in the widest tile, or in half of it on a screen of double density. */
const LONGER_SIDE = 360;

/** A clip whose file is there. */
export type ClipWithFile = SheetClip & { readonly source: string };

/** What came of a clip's first frame so far. */
export type Frame = HTMLCanvasElement | 'failed' | undefined;

/** Who waits for frames. */
export interface FrameListener {
  taken(clip: ClipWithFile, frame: HTMLCanvasElement): void;
  failed(clip: ClipWithFile, reason: string): void;
}

/** Takes the first frames of clips, two at a time, those that are wanted most first, and keeps those that were looked at last. */
export class Frames {
  private readonly listener: FrameListener;
  /** The one that was looked at last comes last. */
  private readonly kept = new Map<string, HTMLCanvasElement>();
  private readonly failures = new Set<string>();
  private readonly taking = new Map<string, AbortController>();
  /** A worker for each that is taken at the same time: one that ends with its clip takes no other's frame with it. */
  private readonly readers: FrameReader[];
  private wanted: readonly ClipWithFile[] = [];

  /** `script` is the address of `dist/pages/clipWorker.js`. */
  constructor(listener: FrameListener, script: string) {
    this.listener = listener;
    this.readers = Array.from({ length: AT_ONCE }, () => new FrameReader(script));
  }

  get(clip: ClipWithFile): Frame {
    const id = idOf(clip);
    const frame = this.kept.get(id);
    if (!frame) {
      return this.failures.has(id) ? 'failed' : undefined;
    }
    this.kept.delete(id);
    this.kept.set(id, frame);
    return frame;
  }

  /** Says which clips are in view, the nearest first. What is no longer among them is not taken to its end. */
  want(clips: readonly ClipWithFile[]): void {
    this.wanted = clips.filter(clip => !this.kept.has(idOf(clip)) && !this.failures.has(idOf(clip)));
    const ids = new Set(this.wanted.map(idOf));
    for (const [id, abort] of this.taking) {
      if (!ids.has(id)) {
        abort.abort();
        this.taking.delete(id);
      }
    }
    this.takeNext();
  }

  /** A file may be there again. */
  forgetFailures(): void {
    this.failures.clear();
  }

  private takeNext(): void {
    for (;;) {
      const next = this.wanted.find(clip => !this.taking.has(idOf(clip)));
      const reader = next && this.readers.pop();
      if (!reader) {
        return;
      }
      void this.take(next, reader);
    }
  }

  private async take(clip: ClipWithFile, reader: FrameReader): Promise<void> {
    const id = idOf(clip);
    const abort = new AbortController();
    this.taking.set(id, abort);
    try {
      const frame = await reader.take(clip.source, 'first', abort.signal, LONGER_SIDE);
      this.keep(id, frame);
      this.settle(clip, abort);
      this.listener.taken(clip, frame);
    } catch (error) {
      // What was called off is not wanted, or is being taken anew.
      if (!abort.signal.aborted) {
        this.failures.add(id);
        this.settle(clip, abort);
        this.listener.failed(clip, String(error));
      }
    }
    this.readers.push(reader);
    this.takeNext();
  }

  private settle(clip: ClipWithFile, abort: AbortController): void {
    const id = idOf(clip);
    this.wanted = this.wanted.filter(one => idOf(one) !== id);
    if (this.taking.get(id) === abort) {
      this.taking.delete(id);
    }
  }

  private keep(id: string, frame: HTMLCanvasElement): void {
    this.kept.set(id, frame);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) {
      this.kept.delete(oldest);
    }
  }
}

/** Another file of the same task has another frame, and two tasks with one file have a frame each. */
function idOf({ key, source }: ClipWithFile): string {
  return `${key} ${source}`;
}
