import { copyImage } from '../player/copyImage.ts';
import type { CompareWords } from '../compareProtocol.ts';
import { filled } from '../player/dom.ts';
import { pngOf, shownFrame } from '../player/frames.ts';
import { frameAt, timeCode } from '../player/timeCode.ts';
import type { FramePosition } from '../protocol.ts';
import type { Card } from './card.ts';
import { host } from './host.ts';

/** Copies or saves the current frame of a clip. */
export type CardFrames = Readonly<Record<'copy' | 'save', (card: Card) => void>>;

/** `say` shows the user that a frame was copied, or what went wrong. */
export function cardFrames(words: CompareWords, say: (text: string) => void): CardFrames {
  const reportFailure = (act: () => Promise<void>): void => {
    act().catch((error: unknown) => {
      say(filled(words.frameFailed, error instanceof Error ? error.message : String(error)));
    });
  };
  return {
    copy: card => {
      reportFailure(async () => {
        await copyImage(pngOf(frameOf(card)));
        say(words.copied);
      });
    },
    save: card => {
      reportFailure(async () => {
        const position = positionOf(card);
        const png = new Uint8Array(await (await pngOf(frameOf(card))).arrayBuffer());
        host.postMessage({ type: 'saveFrame', key: card.key, png, position });
      });
    },
  };
}

function frameOf({ member }: Card): HTMLCanvasElement {
  return shownFrame(member.playback.element);
}

function positionOf({ member: { playback, frameRate } }: Card): FramePosition {
  return timeCode(frameAt(playback.currentTime, frameRate), frameRate).replaceAll(':', '-') as FramePosition;
}
