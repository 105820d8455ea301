import type { ClipPlayback } from './playback.ts';
import type { Settings } from './settings.ts';
import { frameAt, lastFrame, middleOf } from './timeCode.ts';
import type { Transport } from './transport.ts';

/** What Veo and Grok make; until the file has been read, frames per second. */
const USUAL_FRAME_RATE = 24;

/** The fastest that Chromium plays with a picture for every frame it can, times the clip's own speed. */
const FASTEST = 8;

/**
 * Goes through the clip, or several as one, as a person asks: plays, seeks, steps, and shuttles as an editing program does. Tells of `move`
 * when it begins or ends to play backward, of `rate` when the frame rate is another, and of `aim` when it is sent elsewhere.
 */
export class Player<T extends Transport = ClipPlayback> extends EventTarget {
  readonly playback: T;
  private knownRate: number | undefined;
  private readonly settings: Settings;
  /** Where it is on its way to, s. A video that is asked again while it seeks shows nothing, and may say that it is elsewhere. */
  private aim: number | undefined;
  /** Where the video seeks, s: not yet where it is on its way to, when that has changed meanwhile. */
  private sought: number | undefined;
  /** How fast it plays backward; 0 when it does not. */
  private backwardSpeed = 0;

  constructor(playback: T, settings: Settings) {
    super();
    this.playback = playback;
    this.settings = settings;
    playback.addEventListener('seeked', () => {
      if (this.aim === this.sought) {
        this.aim = undefined;
        this.sought = undefined;
      } else {
        this.seek();
      }
    });
    for (const type of ['loadedmetadata', 'error']) {
      playback.addEventListener(type, () => {
        this.aim = undefined;
        this.sought = undefined;
      });
    }
  }

  /** Frames per second; `undefined` until the file has been read. */
  get frameRate(): number | undefined {
    return this.knownRate;
  }

  set frameRate(rate: number | undefined) {
    this.knownRate = rate;
    this.dispatchEvent(new Event('rate'));
  }

  /** Whether the picture moves, in either direction. */
  get isMoving(): boolean {
    return !this.playback.paused || this.backwardSpeed > 0;
  }

  /** Where it is, or will be as soon as it has found the picture, s. */
  get time(): number {
    return this.aim ?? this.playback.currentTime;
  }

  /** Where it is on its way to, s; `undefined` when it shows the picture of where it is. */
  get target(): number | undefined {
    return this.aim;
  }

  /** s; 0 while it is not known. */
  get duration(): number {
    return Number.isFinite(this.playback.duration) ? this.playback.duration : 0;
  }

  /** Frames per second, as near as is known. */
  get rate(): number {
    return this.knownRate ?? USUAL_FRAME_RATE;
  }

  /** The number of the frame that is shown, from 0. */
  get frame(): number {
    const { rate } = this;
    return Math.min(frameAt(this.time, rate), lastFrame(this.duration, rate));
  }

  playOrPause(): void {
    if (this.isMoving) {
      this.stop();
    } else {
      this.play();
    }
  }

  play(): void {
    this.endBackward();
    this.playback.playbackRate = this.settings.value.speed;
    this.playback.play().catch(() => {
      // Paused or loaded anew before it could begin; what goes wrong with a file comes as `error`.
    });
  }

  stop(): void {
    this.endBackward();
    this.playback.pause();
    this.playback.playbackRate = this.settings.value.speed;
  }

  /** Does nothing while there is nothing to seek in. */
  seekTo(time: number): void {
    if (this.duration === 0) {
      return;
    }
    this.aim = Math.min(Math.max(time, 0), this.duration);
    if (!this.playback.seeking) {
      this.seek();
    }
    this.dispatchEvent(new Event('aim'));
  }

  seekBy(seconds: number): void {
    this.endBackward();
    // By frames: a video that has ended stands behind its last frame.
    this.seekToFrame(this.frame + Math.round(seconds * this.rate));
  }

  step(frames: number): void {
    this.stop();
    this.seekToFrame(this.frame + frames);
  }

  toStart(): void {
    this.endBackward();
    this.seekToFrame(0);
  }

  toEnd(): void {
    this.stop();
    this.seekToFrame(Infinity);
  }

  /** Plays; twice as fast each time it is asked while it plays already. */
  forward(): void {
    const isPlaying = !this.playback.paused;
    const faster = Math.min(this.playback.playbackRate * 2, FASTEST);
    if (!isPlaying) {
      this.play();
    } else {
      this.playback.playbackRate = faster;
    }
  }

  /** Goes backward, twice as fast each time; browsers cannot play so, and it is silent. */
  backward(): void {
    const speed = Math.min(this.backwardSpeed * 2 || 1, FASTEST);
    this.stop();
    this.backwardSpeed = speed;
    this.dispatchEvent(new Event('move'));
    const from = this.time;
    const begun = performance.now();
    const goOn = (now: number): void => {
      if (this.backwardSpeed !== speed) {
        return;
      }
      const time = from - Math.max(0, (now - begun) / 1_000) * speed;
      this.seekTo(time);
      if (time > 0) {
        requestAnimationFrame(goOn);
      } else {
        this.endBackward();
      }
    };
    requestAnimationFrame(goOn);
  }

  private seek(): void {
    this.sought = this.aim;
    if (this.aim !== undefined) {
      this.playback.currentTime = this.aim;
    }
  }

  private seekToFrame(frame: number): void {
    const { rate } = this;
    const last = lastFrame(this.duration, rate);
    this.seekTo(middleOf(Math.min(Math.max(frame, 0), last), rate));
  }

  private endBackward(): void {
    if (this.backwardSpeed > 0) {
      this.backwardSpeed = 0;
      this.dispatchEvent(new Event('move'));
    }
  }
}
