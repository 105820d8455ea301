import { CurrentElement } from './currentElement.ts';
import { firstFrameOrError, swapVideo } from './swapVideo.ts';
import type { MediaFacts, VideoFacts } from './media/facts.ts';
import { asAudioError } from './media/audioError.ts';
import type { ClipSource, AudioState } from './media/clipSource.ts';

/** The media events that are forwarded from the current element. */
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
 * Plays clips in the video element of a stage, one after the other: video at once, audio as soon as the browser can play it. If
 * the audio has to be converted first, a second video element with the converted clip replaces the first one.
 *
 * Forwards the media events of the current element, and dispatches `reset` when a clip is replaced or unloaded, `swap` when another
 * element has become current, `audio` and `facts` when the property of that name has changed, and `decided` when it is known
 * whether the browser can decode the video of a clip that seemed to have none.
 */
export class ClipPlayback extends CurrentElement {
  private readonly source: ClipSource;
  private showing: HTMLVideoElement;
  private audioState: AudioState = 'unknown';
  private mediaFacts: MediaFacts | null = null;
  /** The clip seems to have no video track. Playback waits until it is known whether there is one that cannot be decoded. */
  private isHeld = false;
  /** Playback was requested while held, and starts once released. */
  private isWanted = false;
  private hidden: VideoFacts | null = null;
  /** Aborts everything that was started for the current clip. */
  private loaded = new AbortController();
  /** The URL of the converted clip, which stays in memory until it is revoked. */
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
   * Loads the clip at a URL, unless the video element is already loading it, and releases the previous one. Volume, rate and
   * loop stay as they are.
   */
  load(source: string): void {
    this.reset();
    this.showing.defaultPlaybackRate = this.showing.playbackRate;
    if (this.showing.src !== source) {
      this.showing.src = source;
    }
    if (this.showing.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.holdWithoutVideo();
    }
    void this.prepareAudio(source, this.loaded.signal);
  }

  /** Releases the clip and everything that was made for it. */
  unload(): void {
    this.reset();
    this.showing.removeAttribute('src');
    this.showing.load();
  }

  /** The current element; another one after `swap`. */
  override get element(): HTMLVideoElement {
    return this.showing;
  }

  get audio(): AudioState {
    return this.audioState;
  }

  /** The properties of the file; `null` until it has been read, and if it cannot be read. */
  get facts(): MediaFacts | null {
    return this.mediaFacts;
  }

  /** The video track, if the browser cannot decode it. Such a clip is not played at all, not even its audio. */
  get unplayable(): VideoFacts | null {
    return this.hidden;
  }

  /** Whether it is not known yet if there is a video track. */
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

  private reset(): void {
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
    this.dispatchEvent(new Event('reset'));
  }

  private holdWithoutVideo(): void {
    if (this.showing.videoWidth === 0 && !this.isHeld) {
      this.isHeld = true;
      this.isWanted ||= !this.showing.paused;
      this.showing.pause();
    }
  }

  /** Unloads a clip whose video cannot be decoded; releases one that has no video track. Returns whether there is no audio to prepare. */
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
    // Nor after any other error of the video.
    return this.hidden !== null || error !== null;
  }

  private async prepareAudio(source: string, signal: AbortSignal): Promise<void> {
    try {
      // The first frame comes first: reading the clip would compete with it for the processor.
      await firstFrameOrError(this.showing, signal);
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
      // A clip that was unloaded in the meantime has nothing to report.
      if (!signal.aborted) {
        this.decide(null);
        const { problem, message } = asAudioError(error, 'broken');
        this.setAudio({ failed: problem, detail: message });
      }
    }
  }

  private async swapTo(file: Blob, signal: AbortSignal): Promise<void> {
    this.converted = URL.createObjectURL(file);
    this.showing = await swapVideo(this.showing, this.converted, signal);
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

/** Whether the browser claims to play a codec, given as in RFC 6381. An unknown codec counts as playable. */
function isPromised(codec: string | null): boolean {
  return (
    codec === null ||
    ['mp4', 'webm'].some(
      kind => document.createElement('video').canPlayType(`video/${kind}; codecs="${codec}"`) !== '',
    )
  );
}
