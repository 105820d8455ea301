import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { requestTask } from '../../../src/gateway/client.ts';
import type { Task, TaskPatch } from '../../../src/tasks/task.ts';
import { clipBytes, mediaFile } from '../../fixtures/clips/clips.ts';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import type { TaskPlan } from '../../gateway/tasks.ts';
import { useStage } from './stage.ts';

const MIB = 1024 ** 2;

describe('a clip that is in the response itself', () => {
  const stage = useStage();

  /** A finished task as the poller leaves it after an answer with this fault. */
  async function heard(fault: Fault, plan: TaskPlan = {}, facts: TaskPatch = {}): Promise<Task> {
    const { gateway, log, store } = stage();
    const task = await stage().addTask(plan, facts);
    gateway.setFaults(fault, task.id);
    const reply = await requestTask(task, DEMO_KEY, AbortSignal.timeout(30_000), log);
    assert.ok('response' in reply);
    const { videoUrl, raw } = reply.response;
    assert.match(String(videoUrl), /^data:video\/mp4,/);
    store.update(task.key, { videoUrl, rawAnswer: raw });
    return stage().taskOf(task.key);
  }

  for (const form of ['dataUri', 'bare'] as const) {
    it(`is saved byte for byte (${form})`, async () => {
      const { key } = await heard({ kind: 'inlineClip', form });
      stage().assertSaved(await stage().attempt(key));
      assert.deepEqual(await stage().downloads(), []);
    });
  }

  for (const [form, fieldsOf] of [
    ['dataUri', (data: string) => ({ image_url: `data:image/png;base64,${data}` })],
    ['bare', (data: string) => ({ image_url: null, data: [{ b64_json: data }] })],
  ] as const) {
    it(`is saved byte for byte where it is an image (${form})`, async () => {
      const image = readFileSync(mediaFile('still').path);
      const fields = fieldsOf(image.toString('base64'));
      const { key } = await heard({ kind: 'fields', fields }, { model: 'nano-banana', clip: 'still' });
      const { file, filePath } = await stage().attempt(key);
      assert.equal(file, 'saved');
      assert.match(filePath ?? '', /\.png$/);
      assert.deepEqual(readFileSync(filePath ?? ''), image);
    });
  }

  it('is requested where the gateway knows the task: in its model center, whatever its ID looks like', async () => {
    const plan = { id: 'job-20260001', endpoint: 'modelCenter' } as const;
    const { key } = await heard({ kind: 'inlineClip' }, plan, { endpoint: 'modelCenter' });
    stage().assertSaved(await stage().attempt(key));
  });

  it('is incomplete where the response ends early, and saved when it comes whole', async () => {
    const { key, id } = await heard({ kind: 'inlineClip' }, { sizeBytes: MIB });
    stage().gateway.setFaults([{ kind: 'truncated' }, { kind: 'inlineClip' }], id);
    assert.equal((await stage().attempt(key)).file, 'failed');
    stage().assertSaved(await stage().attempt(key), clipBytes('tone', MIB));
  });

  it('is requested again if the response has become another one', async () => {
    const { key, id } = await heard({ kind: 'inlineClip' });
    stage().gateway.setFaults({ kind: 'inlineClip', form: 'bare' }, id);
    const task = await stage().attempt(key);
    assert.deepEqual([task.file, `${task.saveProblem} ${task.saveProblemText}`], ['failed', 'status 404']);
  });
});
