import { tableOf, verdict, type Bench, type Findings } from './lib/bench.ts';
import { seededRandom } from './lib/random.ts';
import { makeInWindows, type MakeCount } from './make/rounds.ts';

/** `DAILIES_BENCH_ROUNDS` for fewer. */
const ROUNDS = Number(process.env.DAILIES_BENCH_ROUNDS ?? 300);
const WINDOWS = 4;
const INTENTS = 40;

/** Two rounds at a time: most of one is waiting. */
const LANES = 2;

/** Whether what is to be made is sent once, and what was made is never lost, while everything goes wrong that can. */
export const bench: Bench = {
  title: `${ROUNDS} rounds of ${WINDOWS} processes with the real store, maker and HTTP that make ${INTENTS} videos at a gateway whose responses get lost, while windows are killed (kill -9)`,
  async run() {
    const seed = Date.now() % 2 ** 31;
    const total: MakeCount = {
      intents: 0,
      posts: 0,
      twice: 0,
      lost: 0,
      unknown: 0,
      unknownWrong: 0,
      kills: 0,
    };
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < ROUNDS) {
        const found = await makeInWindows({
          windows: WINDOWS,
          intents: INTENTS,
          random: seededRandom(seed + next++),
        });
        for (const name of Object.keys(total) as (keyof MakeCount)[]) {
          total[name] += found[name];
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return findingsOf(total, seed);
  },
};

function findingsOf({ kills, ...json }: MakeCount, seed: number): Findings {
  const none = (what: string, found: number): string[] => [what, String(found), '0', verdict(found === 0)];
  return {
    json,
    table: [
      tableOf([
        ['', 'found', 'goal', ''],
        none("sent twice without a person's word", json.twice),
        none('tasks that nothing accounts for', json.lost),
        none('called refused or not sent, and made', json.unknownWrong),
      ]),
      `  ${json.intents} intents, ${json.posts} requests, ${kills} windows killed, ${json.unknown} called unknown; seed ${seed}`,
    ].join('\n\n'),
  };
}
