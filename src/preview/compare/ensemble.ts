import type { AudioState } from '../player/media/clipSource.ts';
import type { Transport } from '../player/transport.ts';
import { Alignment } from './alignment.ts';
import type { Member } from './member.ts';

/**
 * Plays several clips in sync: they start together once all are ready, and drift is corrected. The longest determines the duration;
 * shorter ones hold their last frame. Only the active clip's audio plays. While it plays, it is also the leader, so that its
 * audio is never disturbed by a correction.
 *
 * Dispatches `play`, `pause`, `ended`, `timeupdate`, `seeking`, `seeked`, `durationchange` and `audio`, as a single clip does.
 */
export class Ensemble extends EventTarget implements Transport {
  private readonly members: readonly Member[];
  private readonly alignment: Alignment;
  private activeMember: Member;
  /** The position that all clips are seeking to, s, until all are ready to play from there. */
  private seekTarget: number | undefined;
  /** The last common position, s: clips that are loaded later start there. */
  private position = 0;
  private isWanted = false;
  private isRunning = false;
  private loudness = 1;
  private isMuted = false;

  loop = false;

  constructor(members: readonly [Member, ...Member[]]) {
    super();
    this.members = members;
    this.alignment = new Alignment(members);
    [this.activeMember] = members;
    for (const member of members) {
      this.listenTo(member);
    }
  }

  /** The clip whose audio plays. */
  get active(): Member {
    return this.activeMember;
  }

  set active(member: Member) {
    this.activeMember = member;
    this.applyVolume();
    this.alignment.reset();
    this.emit('audio');
  }

  get element(): HTMLVideoElement {
    return this.activeMember.playback.element;
  }

  get audio(): AudioState {
    return this.activeMember.playback.audio;
  }

  get paused(): boolean {
    return !this.isWanted;
  }

  get seeking(): boolean {
    return this.seekTarget !== undefined;
  }

  /** s; 0 until known. */
  get duration(): number {
    return Math.max(0, ...this.playable.map(member => member.duration));
  }

  /** s */
  get currentTime(): number {
    return this.seekTarget ?? this.leader?.playback.currentTime ?? this.position;
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
    return this.alignment.rate;
  }

  set playbackRate(rate: number) {
    this.alignment.rate = rate;
  }

  /** Starts once all clips are ready; from the beginning if all have ended. */
  async play(): Promise<void> {
    this.isWanted = true;
    this.emit('play');
    if (this.isOver) {
      this.goTo(0);
    } else if (!this.isRunning) {
      this.goTo(this.currentTime);
    }
    return Promise.resolve();
  }

  /** Pauses all clips on the leader's frame. */
  pause(): void {
    const wasRunning = this.isRunning;
    this.isWanted = false;
    this.halt();
    this.emit('pause');
    if (wasRunning) {
      this.goTo(this.leader?.frameTime ?? this.position);
    }
  }

  private get playable(): readonly Member[] {
    return this.members.filter(member => member.isPlayable);
  }

  /** Whether all playable clips have ended. */
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
    return joined.includes(this.activeMember) && !this.activeMember.isOver ? this.activeMember : longest;
  }

  private listenTo(member: Member): void {
    const on = (event: string, act: () => void): void => {
      member.playback.addEventListener(event, act);
    };
    on('loadedmetadata', () => {
      // Brings the new clip to the position of the others.
      this.goTo(this.currentTime);
    });
    on('durationchange', () => {
      this.emit('durationchange');
    });
    on('timeupdate', () => {
      if (member === this.leader) {
        this.position = this.currentTime;
        this.emit('timeupdate');
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
      this.alignment.reset();
    });
    on('audio', () => {
      if (member === this.activeMember) {
        this.emit('audio');
      }
    });
    member.addEventListener('frame', () => {
      const { leader } = this;
      if (this.isRunning && leader) {
        this.alignment.align(member, leader);
      }
    });
  }

  /** Pauses all clips, seeks them to a time (s), and resumes playback together if it was running. */
  private goTo(time: number): void {
    this.halt();
    this.seekTarget = time;
    this.position = time;
    for (const member of this.playable.filter(one => one.isLoaded)) {
      member.seek(time);
    }
    this.emit('seeking');
    this.gather();
  }

  private halt(): void {
    this.isRunning = false;
    for (const member of this.members) {
      member.playback.pause();
    }
  }

  /** Waits until all clips are ready at the sought position. Without any playable clip, it waits for the first one to be loaded. */
  private gather(): void {
    const { seekTarget } = this;
    const look = (): void => {
      const { playable } = this;
      if (this.seekTarget !== seekTarget || playable.length === 0) {
        return;
      }
      if (!playable.every(member => member.isReady)) {
        requestAnimationFrame(look);
        return;
      }
      this.seekTarget = undefined;
      // A listener may have started another seek.
      this.emit('seeked');
      if (this.isWanted && !this.seeking) {
        this.run();
      }
    };
    requestAnimationFrame(look);
  }

  private run(): void {
    this.isRunning = true;
    this.alignment.reset();
    const starts = this.playable.filter(member => !member.isOver).map(member => member.playback.play());
    Promise.all(starts).catch(() => {
      // If one can't play, none shall. After a deliberate pause there is nothing left to do.
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
      // Another clip becomes the leader.
      this.alignment.reset();
      return;
    }
    if (this.loop) {
      this.goTo(0);
      return;
    }
    this.isRunning = false;
    this.isWanted = false;
    this.emit('pause');
    this.emit('ended');
  }

  private applyVolume(): void {
    for (const { playback } of this.members) {
      playback.volume = this.loudness;
      playback.muted = this.isMuted || playback !== this.activeMember.playback;
    }
  }

  private emit(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}
