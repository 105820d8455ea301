import { createHash } from 'node:crypto';
import type { TaskStore } from '../../../src/store/store.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { seededRandom } from '../../bench/lib/random.ts';

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

/** Few enough that tasks come, change and go many times. */
const IDS = Array.from({ length: 30 }, (_, index) => `vgen_${index}`);

/** An answer as large as the largest that the gateway may send would be 1 MB; these fill some pages, bytes. */
const LARGEST_ANSWER = 40_000;

/** One commit of a plan; `number` tells it from all others, and is found again in what it wrote. */
export interface Write {
  readonly number: number;
  readonly kind: 'add' | 'answer' | 'remove';
  /** Two tasks, changed together or not at all. */
  readonly ids: readonly string[];
  /** Length of the answer that is kept, bytes. */
  readonly length: number;
}

/** The facts that writes change. */
type Facts = Pick<Task, 'trackedAt' | 'label' | 'generation' | 'answeredAt' | 'rawAnswer'>;

/** The task list as it should be, by id. */
export type ExpectedList = Map<string, Facts>;

/** A list as one text, to compare and to read. Long answers are told apart by their digest. */
export function textOf(list: ExpectedList): string {
  return [...list]
    .map(([id, { rawAnswer, ...facts }]) => {
      const digest = createHash('sha256')
        .update(rawAnswer ?? '')
        .digest('hex')
        .slice(0, 16);
      return [id, ...Object.values(facts), rawAnswer === null ? null : digest].join(' ');
    })
    .sort()
    .join('\n');
}

/** The write of a number, always the same for the same seed. */
export function writeOf(seed: number, number: number): Write {
  const random = seededRandom(seed ^ Math.imul(number, 0x9e3779b1));
  const pick = (): string => IDS[Math.floor(random() * IDS.length)] ?? '';
  const dice = random();
  return {
    number,
    kind: dice < 0.3 ? 'add' : dice < 0.9 ? 'answer' : 'remove',
    ids: [pick(), pick()],
    length: Math.floor(random() ** 3 * LARGEST_ANSWER),
  };
}

/** Makes a write in the store, in one commit. */
export function makeWrite(store: TaskStore, { number, kind, ids, length }: Write): void {
  store.commit(() => {
    for (const id of ids) {
      const task = store.find(GATEWAY, id);
      if (kind === 'add') {
        store.add(GATEWAY, id, number, number, { label: labelOf(number) });
      } else if (task && kind === 'answer') {
        store.update(task.key, answerOf(number, length));
      } else if (task) {
        store.remove([task.key]);
      }
    }
  });
}

/** Makes a write in the list as it should be. */
export function expectWrite(list: ExpectedList, { number, kind, ids, length }: Write): void {
  for (const id of ids) {
    const facts = list.get(id);
    if (kind === 'add' && !facts) {
      const unknown = { generation: 'unknown', answeredAt: null, rawAnswer: null } as const;
      list.set(id, { trackedAt: number, label: labelOf(number), ...unknown });
    } else if (facts && kind === 'answer') {
      list.set(id, { ...facts, ...answerOf(number, length) });
    } else if (kind === 'remove') {
      list.delete(id);
    }
  }
}

/** The list that a store holds, as far as writes change it. */
export function heldBy(store: TaskStore): ExpectedList {
  return new Map(
    store
      .list()
      .map(({ id, trackedAt, label, generation, answeredAt, rawAnswer }) => [
        id,
        { trackedAt, label, generation, answeredAt, rawAnswer },
      ]),
  );
}

function labelOf(number: number): string {
  return `take ${number}`;
}

function answerOf(number: number, length: number): Pick<Facts, 'generation' | 'answeredAt' | 'rawAnswer'> {
  return { generation: 'processing', answeredAt: number, rawAnswer: `${number} `.padEnd(length, '.') };
}
