import type { PageWords } from '../protocol.ts';
import type { Player } from './player.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';
import type { Verb, Verbs } from './verbs.ts';

/** What every control works with: the verbs that it has buttons for, of a page with one clip or with several. */
export interface Desk<V extends Verb = Verb> {
  readonly words: PageWords;
  readonly verbs: Pick<Verbs, V>;
  readonly player: Player<Transport>;
  readonly settings: Settings;
}
