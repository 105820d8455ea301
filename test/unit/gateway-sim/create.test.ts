import assert from 'node:assert/strict';

import { plausibleTask } from '../../gateway/demo.ts';
import { DEMO_RESPONSES, demoFaults, responsesShotFile } from '../../gateway/demoResponses.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { readShotFile } from '../../../src/making/shotFile.ts';
import { askResult, create, jsonOf, send } from './client.ts';

/** Nothing happens by itself. */
const now = (): number => Date.UTC(2026, 6, 1, 12);

describe('the simulated create calls', () => {
  it('make a Veo task that can be polled, with a vgen_ id', async () => {
    await using gateway = await startGateway({ now });
    const { id, created, ...rest } = jsonOf(
      await create(gateway, 'veo', { model: 'veo_3_1_fast', prompt: 'A cat' }),
    );
    assert.match(String(id), /^vgen_[0-9a-f]+$/);
    assert.equal(typeof created, 'number');
    assert.deepStrictEqual(rest, { object: 'video', model: 'veo_3_1_fast', status: 'queued', error: null });
    assert.equal(jsonOf(await askResult(gateway, String(id))).status, 'queued');
  });

  it('make a Grok task with a video_<uuid> ID, upright when that was requested', async () => {
    await using gateway = await startGateway({ createdTasks: { queuedS: 1 } });
    const body = {
      model: 'grok_video3',
      prompt: 'A cat',
      duration: 6,
      aspect_ratio: '9:16',
      resolution: '720p',
    };
    const { id } = jsonOf(await create(gateway, 'grok', body));
    assert.match(String(id), /^video_[0-9a-f]{8}-[0-9a-f-]{27}$/);
    const [task] = gateway.tasks;
    assert.deepStrictEqual(
      [task?.id, task?.clip, task && task.processingAt - task.createdAt],
      [id, 'portrait', 1000],
    );
  });

  it('make tasks that take as long as documented, and are charged, where the gateway plays a real day', async () => {
    await using gateway = await startGateway({ now, createdTasks: plausibleTask });
    const prompt = 'A cat';
    const calls = [
      ['veo', { model: 'veo_3_1_fast', prompt }],
      ['veo', { model: 'veo_3_1_pro', prompt, resolution: '4K' }],
      ['grok', { model: 'grok_video3', prompt, duration: 30 }],
      ['grok', { model: 'grok_video3_pro', prompt: 'This will fail' }],
    ] as const;
    for (const [family, body] of calls) await create(gateway, family, body);
    const lengths = gateway.tasks.map(task => (task.endsAt - task.createdAt) / 60_000);
    assert.ok(
      lengths.every(minutes => minutes > 0.3 && minutes < 5),
      lengths.join(', '),
    );
    gateway.advance(300_000);
    const bodies = await Promise.all(
      gateway.tasks.map(async ({ id }) => jsonOf(await askResult(gateway, id))),
    );
    assert.deepStrictEqual(
      bodies.map(({ status, amount }) => [status, amount]),
      [
        ['completed', 0.72],
        ['completed', 3.6],
        ['completed', 1.5],
        ['failed', undefined],
      ],
    );
  });

  it('go wrong by a word in the prompt, where the gateway plays for a person', async () => {
    await using gateway = await startGateway({ now, createFault: demoFaults() });
    const said = async (word: string): Promise<string> => {
      const prompt = `A ferry. Gateway: ${word}`;
      const { status, body } = await create(gateway, 'veo', { model: 'veo_3_1_fast', prompt });
      const [, what = '-'] = /"(id|code)"/.exec(body.toString()) ?? [];
      return `${status} ${what}`;
    };
    const words = DEMO_RESPONSES.map(({ word }) => word).filter(word => word !== 'silence');
    const responses: string[] = [];
    for (const word of [...words, '429', 'nothing']) {
      responses.push(`${word}: ${await said(word)}`);
    }
    assert.deepStrictEqual(responses, [
      'reset: 0 -',
      '502: 502 -',
      'no id: 200 -',
      '429: 429 code',
      'refused: 200 code',
      'key: 200 code',
      'balance: 200 code',
      '429: 200 id',
      'nothing: 200 id',
    ]);
  });

  it('are all in a shot file for a person, in which nothing is wrong', () => {
    const { shots, problems } = readShotFile(responsesShotFile());
    assert.deepStrictEqual(problems, []);
    assert.deepStrictEqual(
      shots.map(({ heading }) => heading),
      ['right', ...DEMO_RESPONSES.map(({ word }) => word)],
    );
  });

  it('refuse at HTTP 200 what the tables do not allow, and make no task', async () => {
    await using gateway = await startGateway();
    const image = 'https://images.example/a.png';
    const veo = { model: 'veo_3_1_fast', prompt: 'A cat' };
    const stable = { ...veo, model: 'veo_3_1_fast_stable' };
    const grok = { model: 'grok_video3', prompt: 'A cat' };
    const refused = [
      ['veo', 'a string'],
      ['veo', { prompt: 'A cat' }],
      ['veo', { ...veo, prompt: ' ' }],
      ['veo', grok],
      ['veo', { ...veo, resolution: '480p' }],
      ['veo', { ...stable, resolution: '4K' }],
      ['veo', { ...veo, aspect_ratio: '9:16-1080p' }],
      ['veo', { ...veo, duration: 8 }],
      ['veo', { ...veo, image_urls: [image], first_image: image }],
      ['veo', { ...veo, image_urls: [image], input_reference: [image] }],
      ['veo', { ...veo, last_image: image }],
      ['veo', { ...veo, image_urls: [image, image, image, image] }],
      ['veo', { ...stable, image_urls: [image] }],
      ['veo', { ...veo, image_urls: image }],
      ['grok', { ...grok, duration: '10' }],
      ['grok', { ...grok, duration: 31 }],
      ['grok', { ...grok, first_image: image }],
      ['grok', { ...grok, model: 'grok_video3_max', aspect_ratio: '3:2' }],
    ] as const;
    for (const [family, body] of refused) {
      const reply = await create(gateway, family, body);
      assert.deepStrictEqual([reply.status, jsonOf(reply).code], [200, 400], JSON.stringify(body));
    }
    assert.deepStrictEqual(gateway.tasks, []);
  });

  it("know no 'input_reference' for Grok, and ignore it", async () => {
    await using gateway = await startGateway();
    const image = 'https://images.example/a.png';
    const grok = { model: 'grok_video3', prompt: 'A cat', input_reference: 'none', image_urls: [image] };
    const reply = await create(gateway, 'grok', grok);
    assert.equal(reply.status, 200);
    assert.equal(gateway.tasks.length, 1, String(reply.body));
  });

  it('cannot reach images on this machine, and take data URIs for grok_video3 only', async () => {
    await using gateway = await startGateway();
    const data = 'data:image/png;base64,AAAA';
    const codes: unknown[] = [];
    for (const [family, model, image] of [
      ['veo', 'veo_3_1_fast', 'http://127.0.0.1:3000/a.png'],
      ['veo', 'veo_3_1_fast', 'http://192.168.1.2/a.png'],
      ['veo', 'veo_3_1_fast', data],
      ['grok', 'grok_video3_max', data],
      ['grok', 'grok_video3', data],
      ['veo', 'veo_3_1_fast', 'https://images.example/a.png'],
    ] as const) {
      codes.push(jsonOf(await create(gateway, family, { model, prompt: 'A cat', image_urls: [image] })).code);
    }
    assert.deepStrictEqual(codes, [1001, 1001, 1001, 1001, undefined, undefined]);
  });

  it('return a project ID in an envelope when that fault is set', async () => {
    await using gateway = await startGateway();
    gateway.setFaults({ kind: 'projectId' }, 'create');
    const body = jsonOf(await create(gateway, 'veo', { model: 'veo_3_1_fast', prompt: 'A cat' }));
    assert.deepStrictEqual(body, { code: '0', msg: null, data: { projectId: gateway.tasks[0]?.id } });
  });

  it('have made the task although the response is lost, but not when the gateway refuses', async () => {
    await using gateway = await startGateway();
    const body = { model: 'veo_3_1_fast', prompt: 'A cat' };
    gateway.setFaults([{ kind: 'reset' }, { kind: 'rateLimited' }, { kind: 'html', status: 502 }], 'create');
    const counts: unknown[] = [];
    for (let round = 0; round < 3; round++) {
      const { status } = await create(gateway, 'veo', body);
      counts.push([status, gateway.tasks.length]);
    }
    assert.deepStrictEqual(counts, [
      [0, 1],
      [429, 1],
      [502, 1],
    ]);
  });
});

describe('the simulated key check', () => {
  it('responds to a missing or wrong key with HTTP 200 and code "204", on every call', async () => {
    await using gateway = await startGateway({ keys: ['right'], now });
    const id = gateway.addTask();
    const replies = [
      await send(`${gateway.baseUrl}/v1/result/${id}`),
      await askResult(gateway, id, 'wrong'),
      await create(gateway, 'veo', { model: 'veo_3_1_fast', prompt: 'A cat' }),
    ];
    for (const reply of replies) {
      assert.deepStrictEqual([reply.status, jsonOf(reply)], [200, { code: '204', msg: '登录验证失败' }]);
    }
    assert.equal(jsonOf(await askResult(gateway, id, 'right')).status, 'queued');
  });

  it('knows no route but the documented three', async () => {
    await using gateway = await startGateway();
    const reply = await send(`${gateway.baseUrl}/v1/models`);
    assert.deepStrictEqual(
      [reply.status, jsonOf(reply)],
      [404, { message: 'No handler found for GET /kyyReactApiServer/v1/models' }],
    );
  });
});
