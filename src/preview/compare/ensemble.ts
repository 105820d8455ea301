import type { AudioState } from '../player/media/clipSource.ts';
import type { Transport } from '../player/transport.ts';
import { DriftWatch } from './drift.ts';
import type { Member } from './member.ts';

/**
 * Plays several clips on one clock: they start together once all can, and are kept together. The longest is the length of the
 * whole; shorter ones stay on their last frame. One of them sounds. It also leads while it plays, so that nothing is done to its sound.
 *
 * Tells of `play`, `pause`, `ended`, `timeupdate`, `seeking`, `seeked`, `durationchange` and `sound` as one clip does.
 */
export class Ensemble extends EventTarget implements Transport {
  private readonly watches: ReadonlyMap<Member, DriftWatch>;
  private sounding: Member;
  /** Where all are going, s, until they are there and can go on together. */
  private aim: number | undefined;
  /** Where all were last, s: clips that come later, or again, come to there. */
  private spot = 0;
  private isWanted = false;
  private isRunning = false;
  private rate = 1;
  private loudness = 1;
  private isMuted = false;

  loop = false;

  constructor(members: readonly [Member, ...Member[]]) {
    super();
    this.watches = new Map(members.map(member => [member, new DriftWatch()]));
    [this.sounding] = members;
    for (const member of members) {
      this.listenTo(member);
    }
  }

  /** The clip that is heard. */
  get heard(): Member {
    return this.sounding;
  }

  set heard(member: Member) {
    this.sounding = member;
    this.applyVolume();
    this.resetWatches();
    this.tell('audio');
  }

  get element(): HTMLVideoElement {
    return this.sounding.playback.element;
  }

  get audio(): AudioState {
    return this.sounding.playback.audio;
  }

  get paused(): boolean {
    return !this.isWanted;
  }

  get seeking(): boolean {
    return this.aim !== undefined;
  }

  /** s; 0 while it is not known. */
  get duration(): number {
    return Math.max(0, ...this.playable.map(member => member.duration));
  }

  /** s */
  get currentTime(): number {
    return this.aim ?? this.leader?.playback.currentTime ?? this.spot;
  }

  set currentTime(time: number) {
    this.goTo(time);
  }

  get volume(): number {
    return this.loudness;
  }

  set volume(volume: number) {
    this.loudness = volume;
    this.applyVolume();
  }

  get muted(): boolean {
    return this.isMuted;
  }

  set muted(isMuted: boolean) {
    this.isMuted = isMuted;
    this.applyVolume();
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(rate: number) {
    this.rate = rate;
    this.resetWatches();
  }

  /** Begins when all can; from the start where all are over. */
  async play(): Promise<void> {
    this.isWanted = true;
    this.tell('play');
    if (this.isOver) {
      this.goTo(0);
    } else if (!this.isRunning) {
      this.goTo(this.currentTime);
    }
    return Promise.resolve();
  }

  /** All stop on the frame of the one that leads. */
  pause(): void {
    const wasRunning = this.isRunning;
    this.isWanted = false;
    this.halt();
    this.tell('pause');
    if (wasRunning) {
      this.goTo(this.leader?.frameTime ?? this.spot);
    }
  }

  private get members(): readonly Member[] {
    return [...this.watches.keys()];
  }

  private get playable(): readonly Member[] {
    return this.members.filter(member => member.isPlayable);
  }

  /** Whether there is something to play, and nothing more of it. */
  private get isOver(): boolean {
    const { playable } = this;
    return playable.length > 0 && playable.every(member => member.isOver);
  }

  private get leader(): Member | undefined {
    const joined = this.playable.filter(member => member.hasJoined);
    const longest = joined.reduce<Member | undefined>(
      (best, one) => (best && best.duration >= one.duration ? best : one),
      undefined,
    );
    return joined.includes(this.sounding) && !this.sounding.isOver ? this.sounding : longest;
  }

  private listenTo(member: Member): void {
    const on = (event: string, act: () => void): void => {
      member.playback.addEventListener(event, act);
    };
    on('loadedmetadata', () => {
      // It comes to where the others are, or are going.
      this.goTo(this.currentTime);
    });
    on('durationchange', () => {
      this.tell('durationchange');
    });
    on('timeupdate', () => {
      if (member === this.leader) {
        this.spot = this.currentTime;
        this.tell('timeupdate');
      }
    });
    on('waiting', () => {
      if (this.isRunning && !member.playback.seeking) {
        this.goTo(this.currentTime);
      }
    });
    on('ended', () => {
      this.end();
    });
    on('swap', () => {
      this.applyVolume();
      this.resetWatches();
    });
    on('audio', () => {
      if (member === this.sounding) {
        this.tell('audio');
      }
    });
    member.addEventListener('frame', () => {
      this.align(member);
    });
  }

  /** All stop, go to a time, and go on together if they are to play. */
  private goTo(time: number): void {
    this.halt();
    this.aim = time;
    this.spot = time;
    for (const member of this.playable.filter(one => one.isLoaded)) {
      member.seek(time);
    }
    this.tell('seeking');
    this.gather();
  }

  private halt(): void {
    this.isRunning = false;
    for (const member of this.members) {
      member.playback.pause();
    }
  }

  /** Waits until all stand where they are to be, and can go on from there. As long as there are none, they are still to come. */
  private gather(): void {
    const { aim } = this;
    const look = (): void => {
      const { playable } = this;
      if (this.aim !== aim || playable.length === 0) {
        return;
      }
      if (!playable.every(member => member.isReady)) {
        requestAnimationFrame(look);
        return;
      }
      this.aim = undefined;
      // Whoever listens may send all elsewhere at once.
      this.tell('seeked');
      if (this.isWanted && !this.seeking) {
        this.run();
      }
    };
    requestAnimationFrame(look);
  }

  private run(): void {
    this.isRunning = true;
    this.resetWatches();
    const starts = this.playable.filter(member => !member.isOver).map(member => member.playback.play());
    Promise.all(starts).catch(() => {
      // Either all play or none; stopped on purpose before it could begin, nothing is running any more.
      if (this.isRunning) {
        this.pause();
      }
    });
  }

  private end(): void {
    if (!this.isRunning) {
      return;
    }
    if (!this.isOver) {
      // Another one leads now.
      this.resetWatches();
      return;
    }
    if (this.loop) {
      this.goTo(0);
      return;
    }
    this.isRunning = false;
    this.isWanted = false;
    this.tell('pause');
    this.tell('ended');
  }

  /** A clip that is a little ahead or behind is slowed or hurried for a moment; one that is far off jumps. */
  private align(member: Member): void {
    const { leader } = this;
    if (!this.isRunning || !leader?.shown || !member.shown || member === leader || member.isOver) {
      return;
    }
    const correction = this.watches.get(member)?.judge(member.shown, leader.shown, this.rate);
    if (correction?.kind === 'seek') {
      member.seek(leader.playback.currentTime);
    } else if (correction) {
      member.playback.playbackRate = this.rate * correction.factor;
    }
  }

  private resetWatches(): void {
    for (const [member, watch] of this.watches) {
      member.playback.playbackRate = this.rate;
      watch.reset();
    }
  }

  private applyVolume(): void {
    for (const { playback } of this.members) {
      playback.volume = this.loudness;
      playback.muted = this.isMuted || playback !== this.sounding.playback;
    }
  }

  private tell(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}
