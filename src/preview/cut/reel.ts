import type { AudioState } from '../player/media/clipSource.ts';
import type { Addresses } from './addresses.ts';

/** A clip of a reel. */
export interface ReelClip {
  /** s */
  readonly duration: number;
}

/** One of the two elements, with the clip that is loaded in it. */
interface Screen {
  readonly element: HTMLVideoElement;
  index: number | undefined;
  audio: AudioState;
  /** Resolves when its first frame is there; `false` if it cannot be played. */
  ready: Promise<boolean>;
}

/** So long before its frame is due an element is started, ms: it needs as long to run. */
const LEAD = 8;

/**
 * Plays clips one after the other as one: while one plays, the next waits at its first frame in a second element, which takes its place when
 * the last frame of the first has been shown. Dispatches the events of a media element, `clip` when another clip is shown, and
 * `failed` when one cannot be played: it is passed over.
 */
export class Reel extends EventTarget {
  private readonly clips: readonly ReelClip[];
  /** When each clip begins, s. */
  private readonly starts: readonly number[];
  private readonly addresses: Addresses;
  /** s */
  private readonly frame: number;
  private front: Screen;
  private back: Screen;
  private isWanted = false;
  private isSwitching = false;
  private isLooping = false;
  private rate = 1;
  private loudness = 1;
  private isMuted = false;
  /** Of the switch that is under way: a later one ends it. */
  private turn = 0;
  private swapTimer: ReturnType<typeof setTimeout> | undefined;
  private lastFailure: number | undefined;

  /** `rate`: frames per second. The stage gets two video elements. */
  constructor(stage: HTMLElement, clips: readonly ReelClip[], addresses: Addresses, rate: number) {
    super();
    this.clips = clips;
    let start = 0;
    this.starts = clips.map(({ duration }) => {
      start += duration;
      return start - duration;
    });
    this.addresses = addresses;
    this.frame = 1 / rate;
    this.front = this.screen(stage);
    this.back = this.screen(stage);
    this.order();
  }

  /** Shows the first clip. */
  open(): void {
    void this.switchTo(0, 0);
  }

  /** The place of the clip that is shown. */
  get index(): number {
    return this.front.index ?? 0;
  }

  /** The clip that failed last. */
  get failed(): number | undefined {
    return this.lastFailure;
  }

  get element(): HTMLVideoElement {
    return this.front.element;
  }

  get audio(): AudioState {
    return this.front.audio;
  }

  get paused(): boolean {
    return !this.isWanted;
  }

  get seeking(): boolean {
    return this.isSwitching || this.front.element.seeking;
  }

  /** s */
  get duration(): number {
    return (this.starts.at(-1) ?? 0) + (this.clips.at(-1)?.duration ?? 0);
  }

  /** s */
  get currentTime(): number {
    const { duration = 0 } = this.clips[this.index] ?? {};
    return (this.starts[this.index] ?? 0) + Math.min(this.front.element.currentTime, duration);
  }

  set currentTime(time: number) {
    const index = Math.max(
      0,
      this.starts.findLastIndex(start => start <= time),
    );
    const within = time - (this.starts[index] ?? 0);
    clearTimeout(this.swapTimer);
    if (index === this.front.index && !this.isSwitching) {
      this.front.element.currentTime = within;
    } else {
      void this.switchTo(index, within);
    }
  }

  get volume(): number {
    return this.loudness;
  }

  set volume(volume: number) {
    this.loudness = volume;
    this.apply();
  }

  get muted(): boolean {
    return this.isMuted;
  }

  set muted(muted: boolean) {
    this.isMuted = muted;
    this.apply();
  }

  get loop(): boolean {
    return this.isLooping;
  }

  set loop(loop: boolean) {
    this.isLooping = loop;
    if (this.front.index === this.clips.length - 1 && !this.isSwitching) {
      this.prepareNext();
    }
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(rate: number) {
    this.rate = rate;
    this.apply();
  }

  async play(): Promise<void> {
    const isOver = this.front.element.ended && this.front.index === this.clips.length - 1;
    this.isWanted = true;
    this.emit('play');
    if (isOver) {
      await this.switchTo(0, 0);
    } else if (!this.isSwitching) {
      await this.front.element.play();
    }
  }

  pause(): void {
    this.isWanted = false;
    clearTimeout(this.swapTimer);
    this.front.element.pause();
    this.emit('pause');
  }

  /** Shows another clip from its beginning, by how many places it is away. At the first one, back leads to its beginning. */
  step(by: 1 | -1): void {
    const index = Math.min(Math.max(this.index + by, 0), this.clips.length - 1);
    this.goTo(index);
  }

  /** Shows a clip from its beginning. */
  goTo(index: number): void {
    clearTimeout(this.swapTimer);
    void this.switchTo(index, 0);
  }

  private screen(stage: HTMLElement): Screen {
    const element = document.createElement('video');
    element.crossOrigin = 'anonymous';
    element.playsInline = true;
    element.preload = 'auto';
    stage.append(element);
    const screen: Screen = { element, index: undefined, audio: 'unknown', ready: Promise.resolve(false) };
    for (const type of ['timeupdate', 'seeking', 'seeked', 'waiting', 'playing']) {
      element.addEventListener(type, () => {
        if (screen === this.front && !this.isSwitching) {
          this.emit(type);
        }
      });
    }
    element.addEventListener('ended', () => {
      if (screen === this.front && this.isWanted) {
        void this.goOn();
      }
    });
    this.follow(screen);
    return screen;
  }

  /** Looks at each frame that is shown: after the last one, the next clip is due when that has been shown as long as any. */
  private follow(screen: Screen): void {
    screen.element.requestVideoFrameCallback((_now, { mediaTime, expectedDisplayTime }) => {
      const { duration = 0 } = this.clips[screen.index ?? 0] ?? {};
      if (screen === this.front && this.isWanted && mediaTime > duration - 1.5 * this.frame) {
        const due = expectedDisplayTime + ((duration - mediaTime) * 1_000) / this.rate;
        clearTimeout(this.swapTimer);
        this.swapTimer = setTimeout(
          () => {
            void this.goOn();
          },
          Math.max(0, due - performance.now() - LEAD),
        );
      }
      this.follow(screen);
    });
  }

  /** Shows the next clip, or ends. */
  private async goOn(): Promise<void> {
    clearTimeout(this.swapTimer);
    const next = this.nextIndex();
    if (next === undefined) {
      this.isWanted = false;
      this.emit('pause');
      this.emit('ended');
      return;
    }
    if (this.isSwitching || !this.isWanted) {
      return;
    }
    await this.switchTo(next, 0);
  }

  private nextIndex(): number | undefined {
    const next = this.index + 1;
    return next < this.clips.length ? next : this.isLooping ? 0 : undefined;
  }

  /** Shows a clip at a time of its own, and goes on playing. A clip that cannot be played is passed over. */
  private async switchTo(index: number, within: number): Promise<void> {
    const turn = ++this.turn;
    // What is loaded already and stands at its first frame is shown in this very moment.
    const isAtHand = this.back.index === index && within === 0 && this.isAtStart(this.back.element);
    if (!isAtHand) {
      this.isSwitching = true;
      this.emit('seeking');
      const isReady = await this.load(this.back, index, within);
      if (turn !== this.turn) {
        return;
      }
      if (!isReady) {
        this.isSwitching = false;
        await this.passOver(index);
        return;
      }
    }
    this.front.element.pause();
    [this.front, this.back] = [this.back, this.front];
    this.isSwitching = false;
    this.order();
    this.apply();
    if (this.isWanted) {
      this.front.element.play().catch(() => undefined);
    }
    this.emit('clip');
    this.emit('audio');
    this.emit('timeupdate');
    this.emit('seeked');
    this.prepareNext();
  }

  private isAtStart({ readyState, currentTime, error }: HTMLVideoElement): boolean {
    return readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && currentTime === 0 && error === null;
  }

  private async passOver(index: number): Promise<void> {
    this.lastFailure = index;
    this.emit('failed');
    if (index + 1 < this.clips.length) {
      await this.switchTo(index + 1, 0);
    } else {
      this.isWanted = false;
      this.emit('pause');
      this.emit('ended');
    }
  }

  private prepareNext(): void {
    const next = this.nextIndex();
    this.addresses.keepOnly([this.index, ...(next === undefined ? [] : [next])]);
    if (next !== undefined) {
      void this.load(this.back, next, 0);
    }
  }

  /** Loads a clip into an element, at a time of its own. Resolves to whether it can be shown. */
  private async load(screen: Screen, index: number, within: number): Promise<boolean> {
    const isLoaded = screen.index === index;
    if (!isLoaded) {
      screen.index = index;
      screen.ready = this.loadClip(screen, index);
    }
    const isReady = await screen.ready;
    if (isReady && screen.index === index && screen.element.currentTime !== within) {
      const seeked = once(screen.element, 'seeked');
      screen.element.currentTime = within;
      await seeked;
    }
    return isReady;
  }

  private async loadClip(screen: Screen, index: number): Promise<boolean> {
    const { element } = screen;
    const { address, audio } = await this.addresses.of(index);
    if (screen.index !== index) {
      return false;
    }
    screen.audio = audio;
    element.src = address;
    await once(element, 'loadeddata', 'error');
    return element.error === null && element.videoWidth > 0;
  }

  /** The element in front is the one that is seen. */
  private order(): void {
    this.front.element.classList.add('front');
    this.back.element.classList.remove('front');
  }

  private apply(): void {
    for (const { element } of [this.front, this.back]) {
      element.volume = this.loudness;
      element.muted = this.isMuted;
      element.defaultPlaybackRate = this.rate;
      element.playbackRate = this.rate;
    }
  }

  private emit(type: string): void {
    this.dispatchEvent(new Event(type));
  }
}

/** Waits for the first of some events of an element. */
function once(element: HTMLElement, ...types: readonly string[]): Promise<void> {
  return new Promise(resolve => {
    for (const type of types) {
      element.addEventListener(
        type,
        () => {
          resolve();
        },
        { once: true },
      );
    }
  });
}
