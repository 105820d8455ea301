// What a person would see and hear, measured in the page.
import type { ClipPlayback } from '../../../src/preview/player/playback.ts';
import type { AudioState } from '../../../src/preview/player/media/clipSource.ts';

/** Hz: the loudest tone that an element sounds. */
export async function loudestTone(element: HTMLVideoElement): Promise<number> {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192 });
  context.createMediaElementSource(element).connect(analyser).connect(context.destination);
  const levels = new Float32Array(analyser.frequencyBinCount);
  // Until there is something to hear; the first window may still be partly empty, the second one is not.
  for (let heard = 0; heard < 2;) {
    await new Promise(resolve => setTimeout(resolve, 250));
    analyser.getFloatFrequencyData(levels);
    heard += Math.max(...levels) > -60 ? 1 : 0;
  }
  return (levels.indexOf(Math.max(...levels)) * context.sampleRate) / analyser.fftSize;
}

/** A frame that was shown. */
interface Frame {
  /** s in the clip. */
  readonly media: number;
  /** ms of `performance.now()`. */
  readonly at: number;
}

/** Samples of quiet that come before a beep: 20 ms. */
const QUIET = 960;

/** Looks at and listens to an element that shows a flash and sounds a beep at each whole second of its clip. */
export class Witness {
  private readonly element: HTMLVideoElement;
  private readonly context = new AudioContext({ sampleRate: 48_000 });
  private readonly analyser = new AnalyserNode(this.context, { fftSize: 16_384 });
  private readonly heard = new Float32Array(this.analyser.fftSize);
  private readonly canvas = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
  /** s of the context: what sounded before is of no interest. */
  private begun = 0;
  private frames: Frame[] = [];
  private hasFlashed = false;
  /** ms of `performance.now()`. */
  private beep: number | null = null;

  constructor(element: HTMLVideoElement) {
    this.element = element;
    this.context.createMediaElementSource(element).connect(this.analyser).connect(this.context.destination);
    this.look();
  }

  /** Begins anew. */
  begin(): void {
    this.begun = this.context.currentTime;
    this.frames = [];
    this.hasFlashed = false;
    this.beep = null;
  }

  /**
   * ms that the first beep comes after the picture of its second, by the clocks of this page: between what it hears and what it
   * sees lies a delay of its own, the same for every element. Waits for both.
   */
  async lateness(): Promise<number> {
    while (!this.hasFlashed || this.beep === null || this.frames.length < 24) {
      await new Promise(requestAnimationFrame);
      this.listen();
    }
    // One frame may be late on a busy machine; when the clip began, the frames say together.
    const begins = this.frames.map(frame => frame.at - frame.media * 1000).sort((a, b) => a - b);
    const after = (this.beep - (begins[Math.floor(begins.length / 2)] ?? Number.NaN)) % 1000;
    return after > 500 ? after - 1000 : after;
  }

  private look(): void {
    this.element.requestVideoFrameCallback((_now, { mediaTime, expectedDisplayTime }) => {
      this.frames.push({ media: mediaTime, at: expectedDisplayTime });
      this.canvas?.drawImage(this.element, 0, 0, 8, 8);
      const [red = 0] = this.canvas?.getImageData(4, 4, 1, 1).data ?? [];
      this.hasFlashed ||= red > 200;
      this.look();
    });
  }

  private listen(): void {
    this.analyser.getFloatTimeDomainData(this.heard);
    const end = this.context.currentTime;
    const { contextTime = 0, performanceTime = 0 } = this.context.getOutputTimestamp();
    let quiet = 0;
    for (const [index, sample] of this.heard.entries()) {
      const isLoud = Math.abs(sample) > 0.1;
      const time = end - (this.heard.length - index) / this.context.sampleRate;
      if (isLoud && quiet >= QUIET && time > this.begun) {
        this.beep ??= performanceTime + (time - contextTime) * 1000;
      }
      quiet = isLoud ? 0 : quiet + 1;
    }
  }
}

/** Every frame that is shown in a stage, whichever element shows it, in s of its clip. */
export function watchFrames(playback: ClipPlayback): number[] {
  const frames: number[] = [];
  const watch = (element: HTMLVideoElement): void => {
    element.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (element === playback.element) {
        frames.push(mediaTime);
        watch(element);
      }
    });
  };
  watch(playback.element);
  playback.addEventListener('swap', () => {
    frames.push(playback.element.currentTime);
    watch(playback.element);
  });
  return frames;
}

/** Waits until it is settled how a clip's sound is. */
export async function soundOf(playback: ClipPlayback): Promise<AudioState> {
  while (playback.audio === 'unknown' || playback.audio === 'converting') {
    await new Promise(resolve => {
      playback.addEventListener('audio', resolve, { once: true });
    });
  }
  return playback.audio;
}
