import type { AudioState } from '../player/media/clipSource.ts';
import type { Addresses } from './addresses.ts';
import { ClipScreen } from './clipScreen.ts';
import { Timeline, type ReelClip } from './timeline.ts';

/** So long before its frame is due an element is started, ms: it needs as long to run. */
const LEAD = 8;

/**
 * Plays clips one after the other as one: while one plays, the next waits at its first frame in a second element, which takes its place when
 * the last frame of the first has been shown. Dispatches the events of a media element, `clip` when another clip is shown, and
 * `failed` with the place of one that cannot be played: it is passed over.
 */
export class Reel extends EventTarget {
  private readonly timeline: Timeline;
  private readonly addresses: Addresses;
  /** s */
  private readonly frame: number;
  private front: ClipScreen;
  private back: ClipScreen;
  private isWanted = false;
  private isSwitching = false;
  private isLooping = false;
  private rate = 1;
  private loudness = 1;
  private isMuted = false;
  /** Of the switch that is under way: a later one ends it. */
  private turn = 0;
  /** Where it goes on to from a clip that cannot be played. */
  private direction: 1 | -1 = 1;
  private swapTimer: ReturnType<typeof setTimeout> | undefined;

  /** `rate`: frames per second. The stage gets two video elements. */
  constructor(stage: HTMLElement, clips: readonly ReelClip[], addresses: Addresses, rate: number) {
    super();
    this.timeline = new Timeline(clips);
    this.addresses = addresses;
    this.frame = 1 / rate;
    this.front = this.follow(new ClipScreen(stage, addresses));
    this.back = this.follow(new ClipScreen(stage, addresses));
  }

  /** Shows the first clip, or a clip at a time of its own, s. */
  open(index = 0, within = 0): void {
    void this.switchTo(index, within);
  }

  /** How far the clip that is shown is, s. */
  get timeInClip(): number {
    return this.front.element.currentTime;
  }

  /** The place of the clip that is shown. */
  get index(): number {
    return this.front.index ?? 0;
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
    return this.timeline.duration;
  }

  /** s */
  get currentTime(): number {
    const { index, timeline } = this;
    return timeline.startOf(index) + Math.min(this.timeInClip, timeline.durationOf(index));
  }

  set currentTime(time: number) {
    const { index, within } = this.timeline.at(time);
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
    if (this.isAtLast && !this.isSwitching) {
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
    const isOver = this.front.element.ended && this.isAtLast;
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
    const index = Math.min(Math.max(this.index + by, 0), this.timeline.length - 1);
    this.goTo(index);
  }

  /** Shows a clip from its beginning. */
  goTo(index: number): void {
    clearTimeout(this.swapTimer);
    this.direction = index < this.index ? -1 : 1;
    void this.switchTo(index, 0);
  }

  private follow(screen: ClipScreen): ClipScreen {
    const { element } = screen;
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
    this.awaitLastFrame(screen);
    return screen;
  }

  /** Looks at each frame that is shown: after the last one, the next clip is due when that has been shown as long as any. */
  private awaitLastFrame(screen: ClipScreen): void {
    screen.element.requestVideoFrameCallback((_now, { mediaTime, expectedDisplayTime }) => {
      const duration = this.timeline.durationOf(screen.index ?? 0);
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
      this.awaitLastFrame(screen);
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
    this.direction = 1;
    await this.switchTo(next, 0);
  }

  private nextIndex(): number | undefined {
    return this.timeline.after(this.index, this.isLooping);
  }

  private get isAtLast(): boolean {
    return this.front.index === this.timeline.length - 1;
  }

  /** Shows a clip at a time of its own, and goes on playing. A clip that cannot be played is passed over. */
  private async switchTo(index: number, within: number): Promise<void> {
    const turn = ++this.turn;
    // What is loaded already and stands at its first frame is shown in this very moment.
    const isAtHand = within === 0 && this.back.isAtStartOf(index);
    if (!isAtHand) {
      this.isSwitching = true;
      this.emit('seeking');
      const isReady = await this.back.load(index, within);
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

  private async passOver(index: number): Promise<void> {
    const next = index + this.direction;
    this.back.forget();
    this.dispatchEvent(new CustomEvent('failed', { detail: index }));
    if (next >= 0 && next < this.timeline.length) {
      await this.switchTo(next, 0);
    } else if (next >= 0) {
      this.isWanted = false;
      this.emit('pause');
      this.emit('ended');
    }
  }

  private prepareNext(): void {
    const next = this.nextIndex();
    this.addresses.keepOnly([this.index, ...(next === undefined ? [] : [next])]);
    if (next !== undefined) {
      void this.back.load(next, 0);
    }
  }

  /** The element in front is the one that is seen. */
  private apply(): void {
    this.front.element.classList.add('front');
    this.back.element.classList.remove('front');
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
