import type { PageWords } from '../protocol.ts';
import type { Player } from './player.ts';
import type { Settings } from './settings.ts';
import type { Transport } from './transport.ts';
import type { Verb, Verbs } from './verbs.ts';

/** What controls are built from, on the player and the comparison alike. `V`: the verbs that a control has buttons for. */
export interface ControlContext<V extends Verb = Verb> {
  readonly words: PageWords;
  readonly verbs: Pick<Verbs, V>;
  readonly player: Player<Transport>;
  readonly settings: Settings;
}
