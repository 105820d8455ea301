import type { ClipPlayback } from './playback.ts';
import type { Settings } from './settings.ts';
import { frameAt, lastFrame, middleOf, USUAL_FRAME_RATE } from './timeCode.ts';
import type { Transport } from './transport.ts';

/** The highest speed at which Chromium still shows frames smoothly, as a factor. */
const FASTEST = 8;

/**
 * Controls the playback of a clip, or of several as one: plays, seeks, steps, and shuttles like a video editor. Dispatches `move`
 * when reverse playback starts or ends, `rate` when the frame rate has changed, and `target` when a seek is requested.
 */
export class Player<T extends Transport = ClipPlayback> extends EventTarget {
  readonly playback: T;
  private knownRate: number | undefined;
  private readonly settings: Settings;
  /** The requested position, s. A video that is sent elsewhere while it seeks shows nothing and may report a wrong position. */
  private seekTarget: number | undefined;
  /** The position of the running seek, s. It differs from `seekTarget` if that has changed since. */
  private seekingTo: number | undefined;
  /** The speed of reverse playback; 0 when not playing in reverse. */
  private backwardSpeed = 0;

  constructor(playback: T, settings: Settings) {
    super();
    this.playback = playback;
    this.settings = settings;
    playback.addEventListener('seeked', () => {
      if (this.seekTarget === this.seekingTo) {
        this.forgetSeek();
      } else {
        this.seek();
      }
    });
    playback.addEventListener('reset', () => {
      this.endBackward();
      this.forgetSeek();
    });
    playback.addEventListener('error', () => {
      this.forgetSeek();
    });
  }

  /** Frames per second; `undefined` until the file has been read. */
  get frameRate(): number | undefined {
    return this.knownRate;
  }

  set frameRate(rate: number | undefined) {
    this.knownRate = rate;
    this.dispatchEvent(new Event('rate'));
  }

  /** Whether it is playing, in either direction. */
  get isMoving(): boolean {
    return !this.playback.paused || this.backwardSpeed > 0;
  }

  /** The current position or, while seeking, the requested one, s. */
  get time(): number {
    return this.seekTarget ?? this.playback.currentTime;
  }

  /** The requested position while seeking, s; `undefined` when it has been reached. */
  get target(): number | undefined {
    return this.seekTarget;
  }

  /** s; 0 until known. */
  get duration(): number {
    return Number.isFinite(this.playback.duration) ? this.playback.duration : 0;
  }

  /** Frames per second; a usual value until the file has been read. */
  get rate(): number {
    return this.knownRate ?? USUAL_FRAME_RATE;
  }

  /** The number of the current frame, from 0. */
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
      // Paused or reloaded before it could start. Errors of the file are reported by `error`.
    });
  }

  stop(): void {
    this.endBackward();
    this.playback.pause();
    this.playback.playbackRate = this.settings.value.speed;
  }

  /** Seeks to a time (s). Does nothing until the duration is known. */
  seekTo(time: number): void {
    if (this.duration === 0) {
      return;
    }
    this.seekTarget = Math.min(Math.max(time, 0), this.duration);
    if (!this.playback.seeking) {
      this.seek();
    }
    this.dispatchEvent(new Event('target'));
  }

  seekBy(seconds: number): void {
    this.endBackward();
    // By frames, because a video that has ended is past its last frame.
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

  /** Plays or, if already playing, doubles the speed. */
  forward(): void {
    const isPlaying = !this.playback.paused;
    const faster = Math.min(this.playback.playbackRate * 2, FASTEST);
    if (!isPlaying) {
      this.play();
    } else {
      this.playback.playbackRate = faster;
    }
  }

  /** Plays in reverse, at twice the speed with each call. Browsers cannot do that, so it seeks, without audio. */
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
    this.seekingTo = this.seekTarget;
    if (this.seekTarget !== undefined) {
      this.playback.currentTime = this.seekTarget;
    }
  }

  private forgetSeek(): void {
    this.seekTarget = undefined;
    this.seekingTo = undefined;
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
