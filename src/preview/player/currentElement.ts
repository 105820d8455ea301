/** The properties of a video element, for whichever element is current. */
export abstract class CurrentElement extends EventTarget {
  /** The current element. */
  abstract get element(): HTMLVideoElement;

  get paused(): boolean {
    return this.element.paused;
  }

  get ended(): boolean {
    return this.element.ended;
  }

  get seeking(): boolean {
    return this.element.seeking;
  }

  /** s; `NaN` until known. */
  get duration(): number {
    return this.element.duration;
  }

  /** s */
  get currentTime(): number {
    return this.element.currentTime;
  }

  set currentTime(time: number) {
    this.element.currentTime = time;
  }

  /** 0 to 1. */
  get volume(): number {
    return this.element.volume;
  }

  set volume(volume: number) {
    this.element.volume = volume;
  }

  get muted(): boolean {
    return this.element.muted;
  }

  set muted(muted: boolean) {
    this.element.muted = muted;
  }

  get loop(): boolean {
    return this.element.loop;
  }

  set loop(loop: boolean) {
    this.element.loop = loop;
  }

  /** 1 is normal speed. */
  get playbackRate(): number {
    return this.element.playbackRate;
  }

  set playbackRate(rate: number) {
    this.element.playbackRate = rate;
  }
}
