import assert from 'node:assert/strict';
import type { SaveProblem } from '../../../src/tasks/task.ts';
import { clipBytes } from '../../fixtures/clips/clips.ts';
import type { Fault } from '../../gateway/faults.ts';
import { useStage } from './stage.ts';

/** What the media host does, what the person is told of it, and with which words. */
type Case = readonly [name: string, fault: Fault, problem: SaveProblem, text: string | RegExp];

const cases: readonly Case[] = [
  ['a reset before anything', { kind: 'reset' }, 'unreachable', /./],
  ['the link is refused', { kind: 'expired' }, 'status', '403'],
  ['nothing is there', { kind: 'status', status: 404 }, 'status', '404'],
  ['nothing is there any more', { kind: 'status', status: 410 }, 'status', '410'],
  ['too many ask', { kind: 'status', status: 429 }, 'status', '429'],
  ['an error of the host', { kind: 'status', status: 500 }, 'status', '500'],
  ['a bad gateway', { kind: 'html', status: 502 }, 'status', '502'],
  ['the host is busy', { kind: 'status', status: 503 }, 'status', '503'],
  ['a page in place of the clip', { kind: 'html' }, 'page', '200 Maintenance'],
  ['nothing in place of the clip', { kind: 'emptyBody' }, 'notVideo', ''],
  ['a file that was cut', { kind: 'cutFile' }, 'incomplete', /^39105 \/ \d+$/],
  [
    'a file that was cut by its last byte',
    { kind: 'cutFile', afterShare: 0.99999 },
    'incomplete',
    '78209 / 78210',
  ],
  ['a file cut within its first box', { kind: 'cutFile', afterShare: 0.0002 }, 'incomplete', /^15 \/ \d+$/],
  ['a redirect without end', { kind: 'redirectLoop' }, 'redirects', '5'],
  [
    'a redirect into a private network',
    { kind: 'redirect', to: 'https://10.0.0.1/a.mp4?token=secret' },
    'refusedLink',
    '10.0.0.1',
  ],
  [
    'a redirect to where clouds keep their keys',
    { kind: 'redirect', to: 'https://169.254.169.254/latest?token=secret' },
    'refusedLink',
    '169.254.169.254',
  ],
  [
    'a redirect to http',
    { kind: 'redirect', to: 'http://media.example/a.mp4?token=secret' },
    'refusedLink',
    'http://media.example/a.mp4',
  ],
  [
    'a redirect to a file of this machine',
    { kind: 'redirect', to: 'file:///etc/passwd', status: 308 },
    'refusedLink',
    'file:///etc/passwd',
  ],
  ['a redirect to nowhere', { kind: 'redirect', to: 'http://[' }, 'refusedLink', 'http://['],
];

describe('a response that brings no clip', () => {
  const stage = useStage();

  for (const [name, fault, problem, text] of cases) {
    it(`leaves nothing that could be taken for the clip, says why, and the clip is saved once that is over: ${name}`, async () => {
      stage().gateway.setFaults(fault, 'media');
      const failed = await stage().attemptNew();
      const isTold =
        typeof text === 'string' ? failed.saveProblemText === text : text.test(failed.saveProblemText ?? '');
      // A file that seems to have been cut is kept, hidden, until a better one has come.
      const left = problem === 'incomplete' ? ['part'] : [];
      assert.deepEqual(
        [failed.file, failed.saveProblem, failed.failedSaves, stage().names()],
        ['failed', problem, 1, left],
      );
      assert.ok(isTold, `told: ${failed.saveProblemText ?? ''}`);
      stage().gateway.clearFaults();
      stage().assertSaved(await stage().attempt(failed.key));
    });
  }

  it('is requested no more than six times when it leads in circles', async () => {
    stage().gateway.setFaults({ kind: 'redirectLoop' }, 'media');
    await stage().attemptNew();
    assert.equal((await stage().downloads()).length, 6);
  });

  it('is followed to where it may lead, without what belongs to the first host', async () => {
    const other = stage().gateway.addTask({ clip: 'tone', queuedS: 0, processingS: 0, linkStyle: 'plain' });
    const to = `${stage().gateway.mediaOrigin}/clips/${other}/tone.mp4`;
    stage().gateway.setFaults([{ kind: 'redirect', to, status: 307 }], 'media');
    stage().assertSaved(await stage().attemptNew());
    assert.deepEqual(
      (await stage().downloads()).map(({ path, status }) => [path.includes('X-Amz'), status]),
      [
        [true, 307],
        [false, 200],
      ],
    );
  });

  it('is no clip also where the clip lies outside for good', async () => {
    stage().allowLoopback = false;
    const failed = await stage().attemptNew();
    assert.deepEqual(
      [failed.file, failed.saveProblem, await stage().downloads()],
      ['failed', 'refusedLink', []],
    );
  });
});

describe('a clip that is not what was promised', () => {
  const stage = useStage();

  it('is saved whole, where more came than was promised', async () => {
    stage().gateway.setFaults([{ kind: 'wrongLength', by: -10 }], 'media');
    const failed = await stage().attemptNew();
    assert.deepEqual(
      [failed.file, failed.saveProblem, failed.saveProblemText, stage().names()],
      ['failed', 'incomplete', '78200 / 78210', ['part']],
    );
    stage().assertSaved(await stage().attempt(failed.key));
  });

  it('is saved though its length was not given', async () => {
    stage().gateway.setFaults([{ kind: 'noLength' }], 'media');
    stage().assertSaved(await stage().attemptNew());
  });

  it('is kept the third time that a host has half of it, as one that may be cut off', async () => {
    stage().gateway.setFaults({ kind: 'cutFile' }, 'media');
    const { key } = await stage().attemptNew();
    const failed = await stage().attempt(key);
    assert.deepEqual(
      [failed.file, failed.saveProblem, failed.failedSaves, stage().names()],
      ['failed', 'incomplete', 2, ['part']],
    );
    const kept = await stage().attempt(key);
    stage().assertSaved(kept, clipBytes('tone').subarray(0, 39_105));
    assert.deepEqual([kept.fileCheck, kept.fileCheckText, kept.fileDuration], ['notChecked', 'cutOff', null]);
  });

  it('is kept at once, cut off as it is, where its link has no time for another try', async () => {
    stage().gateway.setFaults({ kind: 'cutFile' }, 'media');
    const task = await stage().attemptNew({}, { linkExpiresAt: stage().clock.now() + 60_000 });
    assert.deepEqual([task.file, task.fileCheckText], ['saved', 'cutOff']);
  });

  it('is taken the third time, where it is shorter than the gateway says', async () => {
    const plan = { actualDuration: 20 };
    const first = await stage().attemptNew(plan, { actualDuration: 20 });
    const second = await stage().attempt(first.key);
    assert.deepEqual(
      [first, second].map(({ file, saveProblem, failedSaves }) => [file, saveProblem, failedSaves]),
      [
        ['failed', 'tooShort', 1],
        ['failed', 'tooShort', 2],
      ],
    );
    stage().assertSaved(await stage().attempt(first.key));
  });

  it('is refused where it is larger than allowed, and saved when more is', async () => {
    stage().largest = 10_000;
    const failed = await stage().attemptNew();
    assert.deepEqual(
      [failed.file, failed.saveProblem, failed.saveProblemText, stage().names()],
      ['failed', 'tooLarge', '10000', []],
    );
    stage().largest = 100_000;
    stage().assertSaved(await stage().attempt(failed.key));
  });
});
