/** What is known of the clip's sound. */
export type SoundState =
  'unknown' | 'none' | 'native' | 'converting' | 'converted' | { readonly failed: string };

/** What the element now showing tells, and is told on. */
const EVENTS = [
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

/** Plays one clip at a time in the stage's video. Re-sends the events of its element; `sound` when there is news of the sound. */
export class ClipPlayback extends EventTarget {
  readonly element: HTMLVideoElement;
  private soundState: SoundState = 'unknown';

  constructor(stage: HTMLElement) {
    super();
    const [element] = stage.getElementsByTagName('video');
    if (!element) {
      throw new Error('The stage has no video.');
    }
    this.element = element;
    for (const event of EVENTS) {
      this.element.addEventListener(event, () => this.dispatchEvent(new Event(event)));
    }
    this.addEventListener('loadedmetadata', () => {
      this.lookAtSound();
    });
  }

  /** The picture starts at once. */
  load(source: string): void {
    const { playbackRate } = this.element;
    this.tellSound('unknown');
    if (this.element.src !== source) {
      this.element.src = source;
    } else if (this.element.readyState >= HTMLMediaElement.HAVE_METADATA) {
      // The page has begun with it already.
      this.lookAtSound();
    }
    this.playbackRate = playbackRate;
  }

  unload(): void {
    this.element.removeAttribute('src');
    this.element.load();
    this.tellSound('unknown');
  }

  async play(): Promise<void> {
    await this.element.play();
  }

  pause(): void {
    this.element.pause();
  }

  get sound(): SoundState {
    return this.soundState;
  }

  get paused(): boolean {
    return this.element.paused;
  }

  get ended(): boolean {
    return this.element.ended;
  }

  get seeking(): boolean {
    return this.element.seeking;
  }

  /** s */
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

  get volume(): number {
    return this.element.volume;
  }

  set volume(volume: number) {
    this.element.volume = volume;
  }

  get muted(): boolean {
    return this.element.muted;
  }

  set muted(isMuted: boolean) {
    this.element.muted = isMuted;
  }

  get loop(): boolean {
    return this.element.loop;
  }

  set loop(isLooping: boolean) {
    this.element.loop = isLooping;
  }

  get playbackRate(): number {
    return this.element.playbackRate;
  }

  set playbackRate(rate: number) {
    this.element.defaultPlaybackRate = rate;
    this.element.playbackRate = rate;
  }

  /** microsoft/vscode#167685: VS Code on the desktop has no AAC decoder, and clips carry AAC. */
  private lookAtSound(): void {
    const isPlayed = this.element.canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '';
    this.tellSound(isPlayed ? 'native' : { failed: 'AAC' });
  }

  private tellSound(state: SoundState): void {
    this.soundState = state;
    this.dispatchEvent(new Event('sound'));
  }
}
