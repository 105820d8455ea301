import type { PageWords } from '../protocol.ts';
import type { Player } from './player.ts';
import type { Settings } from './settings.ts';
import type { Verbs } from './verbs.ts';

/** What every control works with. */
export interface Desk {
  readonly words: PageWords;
  readonly verbs: Verbs;
  readonly player: Player;
  readonly settings: Settings;
}
