import type { FrameSpot, PageWords } from '../protocol.ts';
import { copyImage } from './copyImage.ts';
import { filled } from './dom.ts';
import type { FrameReader } from './frameReader.ts';
import { pngOf, shownFrame } from './frames.ts';
import { host } from './host.ts';
import type { Player } from './player.ts';
import type { FrameAt } from './media/messages.ts';
import { timeCode } from './timeCode.ts';

/** What can be done with single frames of the clip that is shown. What goes wrong is said. */
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

  /** The frame that is shown; `as`: to a place that the person is asked for. */
  saveShown(source: string | undefined, as: boolean): void {
    if (source === undefined) {
      return;
    }
    // What is saved is then what stays on the screen.
    this.player.stop();
    const spot = timeCode(this.player.frame, this.player.rate).replaceAll(':', '-') as FrameSpot;
    void this.tell(async () => {
      await this.save(source, await this.shown(source), spot, as);
    });
  }

  saveEdge(edge: 'first' | 'last', source: string | undefined): void {
    if (source === undefined) {
      return;
    }
    void this.tell(async () => {
      await this.save(source, await this.decoded(source, edge), edge, false);
    });
  }

  copyShown(source: string | undefined): void {
    if (source === undefined) {
      return;
    }
    void this.tell(async () => {
      await copyImage(this.shown(source).then(pngOf));
      this.say(this.words.copied);
    });
  }

  /** The frame on the screen; of a player that stands, and is still on its way to a frame, that one. */
  private async shown(source: string): Promise<HTMLCanvasElement> {
    const { isMoving, target, playback } = this.player;
    if (isMoving || target === undefined) {
      return shownFrame(playback.element);
    }
    return this.decoded(source, target);
  }

  /** A frame of the file itself. */
  private decoded(source: string, at: FrameAt): Promise<HTMLCanvasElement> {
    return this.reader.take(source, at, new AbortController().signal);
  }

  private async save(source: string, canvas: HTMLCanvasElement, spot: FrameSpot, as: boolean): Promise<void> {
    const png = new Uint8Array(await (await pngOf(canvas)).arrayBuffer());
    host.postMessage({ type: 'saveFrame', source, png, spot, as });
  }

  private async tell(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.say(filled(this.words.frameFailed, error instanceof Error ? error.message : String(error)));
    }
  }
}
