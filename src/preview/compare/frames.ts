import { copyImage } from '../player/copyImage.ts';
import type { CompareWords } from '../compareProtocol.ts';
import { filled } from '../player/dom.ts';
import { pngOf, shownFrame } from '../player/frames.ts';
import { frameAt, timeCode } from '../player/timeCode.ts';
import type { FrameSpot } from '../protocol.ts';
import type { Card } from './card.ts';
import { host } from './host.ts';

/** What can be done with the frame that a clip shows. */
export type CardFrames = Readonly<Record<'copy' | 'save', (card: Card) => void>>;

/** `say` tells the person what has gone wrong. */
export function cardFrames(words: CompareWords, say: (text: string) => void): CardFrames {
  const tell = (act: () => Promise<void>): void => {
    act().catch((error: unknown) => {
      say(filled(words.frameFailed, error instanceof Error ? error.message : String(error)));
    });
  };
  return {
    copy: card => {
      tell(async () => {
        await copyImage(pngOf(frameOf(card)));
        say(words.copied);
      });
    },
    save: card => {
      tell(async () => {
        const spot = spotOf(card);
        const png = new Uint8Array(await (await pngOf(frameOf(card))).arrayBuffer());
        host.postMessage({ type: 'saveFrame', key: card.key, png, spot });
      });
    },
  };
}

function frameOf({ member }: Card): HTMLCanvasElement {
  return shownFrame(member.playback.element);
}

function spotOf({ member: { playback, frameRate } }: Card): FrameSpot {
  return timeCode(frameAt(playback.currentTime, frameRate), frameRate).replaceAll(':', '-') as FrameSpot;
}
