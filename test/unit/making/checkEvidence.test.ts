import assert from 'node:assert/strict';
import { evidenceIn } from '../../../src/making/checkEvidence.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { anIntent, aTask } from '../builders.ts';

const { gateway } = aTask();

function made(model: string, generation: Task['generation'], request: object = {}): Task {
  return aTask({ model, generation, request: JSON.stringify({ model, prompt: 'A ferry.', ...request }) });
}

describe('what a list already shows of its gateway', () => {
  it('is nothing where there is nothing, or only what is of another gateway', () => {
    const other = {
      gateway: 'https://other.example/api',
      problem: 'outOfCredit',
      amount: 1,
      model: 'x',
    } as const;
    assert.deepEqual(
      evidenceIn([aTask(other)], [anIntent({ gateway: other.gateway, problem: 'rateLimited' })], gateway),
      {
        charges: [],
        outOfCredit: null,
        wasRateLimited: false,
        textOnlyStable: null,
        grokProImages: null,
      },
    );
  });

  it('is what was charged, the newest first, and what the gateway said when it was out of credit or rate-limited', () => {
    const tasks = [1, 2, 3, 4, 5, 6].map(key =>
      aTask({ key, trackedAt: key, model: 'veo_3_1_fast', amount: key / 10 }),
    );
    const { charges, outOfCredit, wasRateLimited } = evidenceIn(
      [...tasks, aTask({ problem: 'rateLimited' })],
      [anIntent({ problem: 'outOfCredit', problemText: '余额不足' })],
      gateway,
    );
    assert.deepEqual(
      charges.map(({ amount }) => amount),
      [0.6, 0.5, 0.4, 0.3, 0.2],
    );
    assert.deepEqual([outOfCredit, wasRateLimited], ['余额不足', true]);
  });

  it('is how requests ended that documentation leaves open: text only, and several images', () => {
    const stable = 'veo_3_1_fast_stable';
    const image = 'https://images.example/a.png';
    const textOnly = (...tasks: Task[]): unknown => evidenceIn(tasks, [], gateway).textOnlyStable;
    assert.deepEqual(
      [
        textOnly(made(stable, 'failed')),
        textOnly(made(stable, 'failed'), made(stable, 'completed')),
        textOnly(made(stable, 'completed', { first_image: image }), made(stable, 'processing')),
        textOnly(aTask({ model: stable, generation: 'completed' })),
      ],
      ['failed', 'completed', null, null],
    );
    const pro = [1, 3, 2].map(count =>
      made('grok_video3_pro', 'completed', { image_urls: Array(count).fill(image) }),
    );
    const tried = made('grok_video3_pro', 'failed', { image_urls: Array(7).fill(image) });
    assert.equal(evidenceIn([...pro, tried], [], gateway).grokProImages, 3);
  });
});
