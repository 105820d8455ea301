import type { FramePosition, PageWords } from '../protocol.ts';
import { copyImage } from './copyImage.ts';
import { filled } from './dom.ts';
import type { FrameReader } from './frameReader.ts';
import { pngOf, shownFrame } from './frames.ts';
import { host } from './host.ts';
import type { Player } from './player.ts';
import type { FrameAt } from './media/messages.ts';
import { timeCode } from './timeCode.ts';

/** Saves and copies single frames of the current clip. Failures are shown as a toast. */
export class FrameActions {
  private readonly player: Player;
  private readonly reader: FrameReader;
  private readonly words: PageWords;
  private readonly say: (text: string) => void;

  constructor(player: Player, reader: FrameReader, words: PageWords, say: (text: string) => void) {
    this.player = player;
    this.reader = reader;
    this.words = words;
    this.say = say;
  }

  /** Saves the current frame; `as`: where the user chooses. Stops playback, so that the saved frame stays on the screen. */
  saveShown(source: string | undefined, as: boolean): void {
    if (source === undefined) {
      return;
    }
    this.player.stop();
    const position = timeCode(this.player.frame, this.player.rate).replaceAll(':', '-') as FramePosition;
    void this.reportFailure(async () => {
      await this.save(source, await this.shown(source), position, as);
    });
  }

  saveEdge(edge: 'first' | 'last', source: string | undefined): void {
    if (source === undefined) {
      return;
    }
    void this.reportFailure(async () => {
      await this.save(source, await this.decoded(source, edge), edge, false);
    });
  }

  copyShown(source: string | undefined): void {
    if (source === undefined) {
      return;
    }
    void this.reportFailure(async () => {
      await copyImage(this.shown(source).then(pngOf));
      this.say(this.words.copied);
    });
  }

  /** The frame on the screen or, while a paused player is still seeking, the frame that it seeks to. */
  private async shown(source: string): Promise<HTMLCanvasElement> {
    const { isMoving, target, playback } = this.player;
    if (isMoving || target === undefined) {
      return shownFrame(playback.element);
    }
    return this.decoded(source, target);
  }

  /** A frame decoded from the file. */
  private decoded(source: string, at: FrameAt): Promise<HTMLCanvasElement> {
    return this.reader.take(source, at, new AbortController().signal);
  }

  private async save(
    source: string,
    canvas: HTMLCanvasElement,
    position: FramePosition,
    as: boolean,
  ): Promise<void> {
    const png = new Uint8Array(await (await pngOf(canvas)).arrayBuffer());
    host.postMessage({ type: 'saveFrame', source, png, position, as });
  }

  private async reportFailure(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.say(filled(this.words.frameFailed, error instanceof Error ? error.message : String(error)));
    }
  }
}
