import { ClipPlayback } from '../player/playback.ts';
import type { ClipSource } from '../player/media/clipSource.ts';
import { frameAt, lastFrame, middleOf } from '../player/timeCode.ts';
import type { ShownFrame } from './drift.ts';

/** What Veo and Grok make; until the file has been read, frames per second. */
const USUAL_FRAME_RATE = 24;

/** One of the clips that run together. Tells of `frame` when a frame of it has come onto the screen. */
export class Member extends EventTarget {
  readonly playback: ClipPlayback;
  /** The frame that came onto the screen last. */
  shown: ShownFrame | undefined;
  private source: string | undefined;
  private wasSent = false;
  /** Stands on its last frame, because it is shorter than where the others are. */
  private isHolding = false;
  private watched: HTMLVideoElement | undefined;

  constructor(stage: HTMLElement, audio: ClipSource) {
    super();
    this.playback = new ClipPlayback(stage, audio);
    // Converted sound comes with an element of its own.
    for (const event of ['loadedmetadata', 'swap']) {
      this.playback.addEventListener(event, () => {
        this.watch();
      });
    }
  }

  /** Whether a person can see it. */
  get isPlayable(): boolean {
    const { element, unplayable } = this.playback;
    return this.source !== undefined && element.error === null && !unplayable;
  }

  get isLoaded(): boolean {
    return this.playback.element.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  /** Whether it has been sent to where the others are since its file was loaded. Until then where it stands says nothing. */
  get hasJoined(): boolean {
    return this.wasSent && this.isLoaded;
  }

  /** Whether its file has been read, or could not be. */
  get isRead(): boolean {
    return this.playback.facts !== null || typeof this.playback.audio === 'object';
  }

  /** Frames per second, as near as is known. */
  get frameRate(): number {
    return this.playback.facts?.video?.frameRate ?? USUAL_FRAME_RATE;
  }

  /** Whether it stands where it was sent, and can go on from there at once. */
  get isReady(): boolean {
    const { readyState } = this.playback.element;
    const enough = this.isHolding ? HTMLMediaElement.HAVE_CURRENT_DATA : HTMLMediaElement.HAVE_FUTURE_DATA;
    return this.hasJoined && !this.playback.seeking && readyState >= enough;
  }

  /** Whether it has nothing more to play. */
  get isOver(): boolean {
    return this.isHolding || this.playback.ended;
  }

  /** s; 0 while it is not known. */
  get duration(): number {
    const { duration } = this.playback;
    return Number.isFinite(duration) ? duration : 0;
  }

  /** The middle of the frame that it is on, s. */
  get frameTime(): number {
    return middleOf(frameAt(this.playback.currentTime, this.frameRate), this.frameRate);
  }

  /** `undefined`: there is nothing to play. What is loaded already stays. */
  load(source: string | undefined): void {
    if (source !== this.source) {
      this.source = source;
      this.shown = undefined;
      this.wasSent = false;
      this.isHolding = false;
      if (source === undefined) {
        this.playback.unload();
      } else {
        this.playback.load(source);
      }
    }
  }

  /** Goes to a time, s, or to its last frame where it is shorter. */
  seek(time: number): void {
    const end = middleOf(lastFrame(this.duration, this.frameRate), this.frameRate);
    this.wasSent = true;
    this.isHolding = time > end;
    this.playback.currentTime = Math.min(time, end);
  }

  private watch(): void {
    const { element } = this.playback;
    if (element === this.watched) {
      return;
    }
    this.watched = element;
    const note: VideoFrameRequestCallback = (_now, { mediaTime, expectedDisplayTime }) => {
      if (element === this.watched) {
        this.shown = { mediaTime, at: expectedDisplayTime };
        this.dispatchEvent(new Event('frame'));
        element.requestVideoFrameCallback(note);
      }
    };
    element.requestVideoFrameCallback(note);
  }
}
