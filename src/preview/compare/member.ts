import { ClipPlayback } from '../player/playback.ts';
import type { ClipSource } from '../player/media/clipSource.ts';
import { frameAt, lastFrame, middleOf, USUAL_FRAME_RATE } from '../player/timeCode.ts';
import type { ShownFrame } from './drift.ts';

/** One of the clips that play in sync. Dispatches `frame` when a frame of it has been presented. */
export class Member extends EventTarget {
  readonly playback: ClipPlayback;
  /** The last frame that was presented. */
  shown: ShownFrame | undefined;
  private source: string | undefined;
  private wasSent = false;
  /** Holds its last frame, because it is shorter than the common position. */
  private isHolding = false;
  private watched: HTMLVideoElement | undefined;

  constructor(stage: HTMLElement, audio: ClipSource) {
    super();
    this.playback = new ClipPlayback(stage, audio);
    // Converted audio comes with a new video element.
    for (const event of ['loadedmetadata', 'swap']) {
      this.playback.addEventListener(event, () => {
        this.watch();
      });
    }
  }

  /** Whether it has a file that has not failed to load. */
  get isPlayable(): boolean {
    const { element, unplayable } = this.playback;
    return this.source !== undefined && element.error === null && !unplayable;
  }

  get isLoaded(): boolean {
    return this.playback.element.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  /** Whether it has been sent to the common position since its file was loaded. Until then its own position means nothing. */
  get hasJoined(): boolean {
    return this.wasSent && this.isLoaded;
  }

  /** Whether reading its file has finished, successfully or not. */
  get isRead(): boolean {
    return this.playback.facts !== null || typeof this.playback.audio === 'object';
  }

  /** Frames per second; a usual value until the file has been read. */
  get frameRate(): number {
    return this.playback.facts?.video?.frameRate ?? USUAL_FRAME_RATE;
  }

  /** Whether it has reached the position that it was sent to, and can play from there at once. */
  get isReady(): boolean {
    const { readyState } = this.playback.element;
    const enough = this.isHolding ? HTMLMediaElement.HAVE_CURRENT_DATA : HTMLMediaElement.HAVE_FUTURE_DATA;
    return this.hasJoined && !this.playback.seeking && readyState >= enough;
  }

  /** Whether it has ended, or holds its last frame. */
  get isOver(): boolean {
    return this.isHolding || this.playback.ended;
  }

  /** s; 0 until known. */
  get duration(): number {
    const { duration } = this.playback;
    return Number.isFinite(duration) ? duration : 0;
  }

  /** The middle of the current frame, s. */
  get frameTime(): number {
    return middleOf(frameAt(this.playback.currentTime, this.frameRate), this.frameRate);
  }

  /** Loads the file at a URL, unless it is already loaded; `undefined` unloads the current one. */
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

  /** Seeks to a time (s), or to the last frame if the clip is shorter. */
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
