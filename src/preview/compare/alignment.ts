import { DriftWatch } from './drift.ts';
import type { Member } from './member.ts';

/** Keeps clips that play together in step with one of them, at a common speed. */
export class Alignment {
  private readonly watches: ReadonlyMap<Member, DriftWatch>;
  private commonRate = 1;

  constructor(members: readonly Member[]) {
    this.watches = new Map(members.map(member => [member, new DriftWatch()]));
  }

  /** The speed of all clips; 1 is normal. */
  get rate(): number {
    return this.commonRate;
  }

  set rate(rate: number) {
    this.commonRate = rate;
    this.reset();
  }

  /** Corrects the drift of a clip: a small one by a temporary change of speed, a large one by seeking. */
  align(member: Member, leader: Member): void {
    if (!leader.shown || !member.shown || member === leader || member.isOver) {
      return;
    }
    const correction = this.watches.get(member)?.judge(member.shown, leader.shown, this.commonRate);
    if (correction?.kind === 'seek') {
      member.seek(leader.playback.currentTime);
    } else if (correction) {
      member.playback.playbackRate = this.commonRate * correction.factor;
    }
  }

  /** Starts over, with all clips at the common speed: another clip leads, or they have just started. */
  reset(): void {
    for (const [member, watch] of this.watches) {
      member.playback.playbackRate = this.commonRate;
      watch.reset();
    }
  }
}
