import { hasSettled, join } from './join.ts';
import type { MediaFacts, VideoFacts } from './media/facts.ts';
import { asAudioError } from './media/audioError.ts';
import type { ClipSource, AudioState } from './media/clipSource.ts';

/** The media events that are sent on from the element now showing. */
const SENT_ON = [
  'loadeddata',
  'loadedmetadata',
  'play',
  'pause',
  'timeupdate',
  'seeking',
  'seeked',
  'ended',
  'volumechange',
  'ratechange',
  'durationchange',
  'error',
  'waiting',
  'playing',
] as const;

/**
 * Plays one clip after the other in the video of a stage, picture at once and sound as soon as the host can play it. Where the
 * sound has to be converted first, a second video element with the converted clip takes the place of the first one.
 *
 * Sends on the media events of the element now showing, and besides them: `swap` when another element is showing, `sound` when
 * `sound` has changed, `facts` when `facts` has, `picture` when it is known whether the host can show the picture of a clip that
 * seems to have none.
 */
export class ClipPlayback extends EventTarget {
  private readonly source: ClipSource;
  private showing: HTMLVideoElement;
  private audioState: AudioState = 'unknown';
  private mediaFacts: MediaFacts | null = null;
  /** It seems to have no picture, and is not to sound before it is known whether it has one that the host cannot show. */
  private isHeld = false;
  /** It is to play as soon as it is not held any more. */
  private isWanted = false;
  private hidden: VideoFacts | null = null;
  /** Aborts all that was begun for the clip now loaded. */
  private loaded = new AbortController();
  /** The address of the converted clip, which is held in memory until it is revoked. */
  private converted: string | null = null;

  constructor(stage: HTMLElement, audio: ClipSource) {
    super();
    this.source = audio;
    const [showing] = stage.getElementsByTagName('video');
    if (!showing) {
      throw new Error('The stage has no video.');
    }
    this.showing = showing;
    this.sendOn(showing);
  }

  /**
   * Begins with the clip at an address, which the stage's video may have begun with already; what was loaded before is let go.
   * Volume, rate and loop stay.
   */
  load(source: string): void {
    this.begin();
    this.showing.defaultPlaybackRate = this.showing.playbackRate;
    if (this.showing.src !== source) {
      this.showing.src = source;
    }
    if (this.showing.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.holdWithoutVideo();
    }
    void this.prepareAudio(source, this.loaded.signal);
  }

  /** Lets go of the clip and of all that was made for it. */
  unload(): void {
    this.begin();
    this.showing.removeAttribute('src');
    this.showing.load();
  }

  /** The element now showing; another one after `swap`. */
  get element(): HTMLVideoElement {
    return this.showing;
  }

  get audio(): AudioState {
    return this.audioState;
  }

  /** What the clip is; `null` until it has been read, and for what cannot be read. */
  get facts(): MediaFacts | null {
    return this.mediaFacts;
  }

  /** The picture of the clip, where it has one and the host cannot show it: such a clip is let go of, and not heard either. */
  get unplayable(): VideoFacts | null {
    return this.hidden;
  }

  /** Whether it is not known yet if there is a picture. */
  get isUndecided(): boolean {
    return this.isHeld;
  }

  play(): Promise<void> {
    this.isWanted = true;
    return this.isHeld ? Promise.resolve() : this.showing.play();
  }

  pause(): void {
    this.isWanted = false;
    this.showing.pause();
  }

  get paused(): boolean {
    return this.showing.paused;
  }

  get ended(): boolean {
    return this.showing.ended;
  }

  get seeking(): boolean {
    return this.showing.seeking;
  }

  /** s; `NaN` until it is known. */
  get duration(): number {
    return this.showing.duration;
  }

  /** s */
  get currentTime(): number {
    return this.showing.currentTime;
  }

  set currentTime(time: number) {
    this.showing.currentTime = time;
  }

  /** 0 to 1. */
  get volume(): number {
    return this.showing.volume;
  }

  set volume(volume: number) {
    this.showing.volume = volume;
  }

  get muted(): boolean {
    return this.showing.muted;
  }

  set muted(muted: boolean) {
    this.showing.muted = muted;
  }

  get loop(): boolean {
    return this.showing.loop;
  }

  set loop(loop: boolean) {
    this.showing.loop = loop;
  }

  /** 1 is the clip's own speed. */
  get playbackRate(): number {
    return this.showing.playbackRate;
  }

  set playbackRate(rate: number) {
    this.showing.playbackRate = rate;
  }

  private begin(): void {
    this.loaded.abort();
    this.loaded = new AbortController();
    if (this.converted !== null) {
      URL.revokeObjectURL(this.converted);
      this.converted = null;
    }
    this.isHeld = false;
    this.isWanted = false;
    this.hidden = null;
    this.setFacts(null);
    this.setAudio('unknown');
  }

  private holdWithoutVideo(): void {
    if (this.showing.videoWidth === 0 && !this.isHeld) {
      this.isHeld = true;
      this.isWanted ||= !this.showing.paused;
      this.showing.pause();
    }
  }

  /** Lets go of a clip whose picture cannot be shown, and gives whether that is so; one without a picture may sound. */
  private decide(video: VideoFacts | null): boolean {
    const { error } = this.showing;
    const wasHeld = this.isHeld;
    this.isHeld = false;
    if (video && (error ? !isPromised(video.codec) : wasHeld)) {
      this.hidden = video;
      this.showing.removeAttribute('src');
      this.showing.load();
    } else if (wasHeld && this.isWanted) {
      void this.play().catch(() => undefined);
    }
    if (wasHeld || this.hidden) {
      this.dispatchEvent(new Event('decided'));
    }
    // After a fault of the picture there is nothing to hear.
    return this.hidden !== null || error !== null;
  }

  private async prepareAudio(source: string, signal: AbortSignal): Promise<void> {
    try {
      // The picture goes first: reading the clip takes the processor from it.
      await hasSettled(this.showing, signal);
      const clip = await this.source.open(source, signal);
      signal.throwIfAborted();
      this.setFacts(clip.facts);
      if (this.decide(clip.facts.video)) {
        return;
      }
      const need = await clip.audioNeed();
      signal.throwIfAborted();
      if (need === 'conversion') {
        this.setAudio('converting');
        const file = await clip.convert();
        signal.throwIfAborted();
        await this.swapTo(file, signal);
      }
      this.setAudio(need === 'conversion' ? 'converted' : need);
    } catch (error) {
      // What was let go of has nothing to report any more.
      if (!signal.aborted) {
        this.decide(null);
        const { problem, message } = asAudioError(error, 'broken');
        this.setAudio({ failed: problem, detail: message });
      }
    }
  }

  private async swapTo(file: Blob, signal: AbortSignal): Promise<void> {
    this.converted = URL.createObjectURL(file);
    this.showing = await join(this.showing, this.converted, signal);
    this.sendOn(this.showing);
    this.dispatchEvent(new Event('swap'));
  }

  private sendOn(element: HTMLVideoElement): void {
    for (const type of SENT_ON) {
      element.addEventListener(type, () => {
        if (element === this.showing) {
          if (type === 'loadedmetadata' && this.converted === null) {
            this.holdWithoutVideo();
          }
          this.dispatchEvent(new Event(type));
        }
      });
    }
  }

  private setAudio(state: AudioState): void {
    if (this.audioState !== state) {
      this.audioState = state;
      this.dispatchEvent(new Event('audio'));
    }
  }

  private setFacts(facts: MediaFacts | null): void {
    if (this.mediaFacts !== facts) {
      this.mediaFacts = facts;
      this.dispatchEvent(new Event('facts'));
    }
  }
}

/** What the host says of a codec as RFC 6381 writes it; its word is taken where that is not known. */
function isPromised(codec: string | null): boolean {
  return (
    codec === null ||
    ['mp4', 'webm'].some(
      kind => document.createElement('video').canPlayType(`video/${kind}; codecs="${codec}"`) !== '',
    )
  );
}
