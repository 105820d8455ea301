import { SPEEDS, type PlayerMemory } from '../protocol.ts';
import { host } from './host.ts';
import type { Transport } from './transport.ts';

const VOLUME_STEP = 0.1;

/** The player settings: applied to the playback at once, and stored by the extension. Dispatches `change`. */
export class Settings extends EventTarget {
  private readonly playback: Transport;
  private memory: PlayerMemory;

  constructor(playback: Transport, memory: PlayerMemory) {
    super();
    this.playback = playback;
    this.memory = memory;
    this.apply();
  }

  get value(): PlayerMemory {
    return this.memory;
  }

  change(patch: Partial<PlayerMemory>): void {
    this.memory = { ...this.memory, ...patch };
    this.apply();
    this.dispatchEvent(new Event('change'));
    // Not debounced: the page may be closed at any moment.
    host.postMessage({ type: 'remember', memory: this.memory });
  }

  /** Sets the volume (0 to 1), which also unmutes. */
  setVolume(volume: number): void {
    this.change({ volume: Math.min(Math.max(volume, 0), 1), isMuted: false });
  }

  stepVolume(by: 1 | -1): void {
    this.setVolume(Math.round((this.memory.volume + by * VOLUME_STEP) * 10) / 10);
  }

  stepSpeed(by: 1 | -1): void {
    const next = SPEEDS[SPEEDS.findIndex(speed => speed === this.memory.speed) + by];
    if (next !== undefined) {
      this.change({ speed: next });
    }
  }

  private apply(): void {
    const { volume, isMuted, isLooping, speed } = this.memory;
    this.playback.volume = volume;
    this.playback.muted = isMuted;
    this.playback.loop = isLooping;
    this.playback.playbackRate = speed;
  }
}
