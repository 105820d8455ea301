import type { AudioState } from '../player/media/clipSource.ts';
import type { Addresses } from './addresses.ts';

/** A video element that shows one clip of a cut, and later another. */
export class ClipScreen {
  readonly element: HTMLVideoElement;
  private readonly addresses: Addresses;
  private loaded: number | undefined;
  private state: AudioState = 'unknown';
  /** Resolves when the first frame is there; `false` if the clip cannot be played. */
  private ready = Promise.resolve(false);

  /** The stage gets the element. */
  constructor(stage: HTMLElement, addresses: Addresses) {
    this.addresses = addresses;
    this.element = document.createElement('video');
    this.element.crossOrigin = 'anonymous';
    this.element.playsInline = true;
    this.element.preload = 'auto';
    stage.append(this.element);
  }

  /** The place of the clip in the cut. */
  get index(): number | undefined {
    return this.loaded;
  }

  get audio(): AudioState {
    return this.state;
  }

  /** Whether it can show a clip from its first frame on in this very moment. */
  isAtStartOf(index: number): boolean {
    const { readyState, currentTime, error } = this.element;
    const isShown = readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && error === null;
    return this.loaded === index && isShown && currentTime === 0;
  }

  /** Loads a clip, at a time of its own, s. Resolves to whether it can be shown. */
  async load(index: number, within: number): Promise<boolean> {
    if (this.loaded !== index) {
      this.loaded = index;
      this.ready = this.loadClip(index);
    }
    const isReady = await this.ready;
    if (isReady && this.loaded === index && this.element.currentTime !== within) {
      const seeked = once(this.element, 'seeked');
      this.element.currentTime = within;
      await seeked;
    }
    return isReady;
  }

  /** Has a clip that could not be loaded tried again with the next call of `load`. */
  forget(): void {
    this.loaded = undefined;
  }

  private async loadClip(index: number): Promise<boolean> {
    const { element } = this;
    const { address, audio } = await this.addresses.of(index);
    if (this.loaded !== index) {
      return false;
    }
    this.state = audio;
    element.src = address;
    await once(element, 'loadeddata', 'error');
    return element.error === null && element.videoWidth > 0;
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
