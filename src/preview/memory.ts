import type { Memento } from 'vscode';
import { isPlayerMemory, type PlayerMemory } from './protocol.ts';

const KEY = 'player';

/** Clips are short: they go round until told otherwise. */
const AT_FIRST: PlayerMemory = { volume: 1, isMuted: false, isLooping: true, speed: 1, showsDetails: true };

/** Keeps what a person has set in the player, for every panel and window. */
export class PreviewMemory {
  private readonly memento: Memento;

  constructor(memento: Memento) {
    this.memento = memento;
  }

  get(): PlayerMemory {
    const kept = this.memento.get<unknown>(KEY);
    return isPlayerMemory(kept) ? kept : AT_FIRST;
  }

  async set(memory: PlayerMemory): Promise<void> {
    await this.memento.update(KEY, memory);
  }
}
