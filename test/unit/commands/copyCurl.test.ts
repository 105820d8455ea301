import assert from 'node:assert/strict';
import { modelCalled } from '../../../src/gateway/models.ts';
import { Making } from '../../../src/making/making.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { aNewIntent, HandClock, NOON } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { registerDeveloperCommands } = await import('../../../src/commands/developerCommands.ts');
const { registerIntentCommands } = await import('../../../src/commands/intentCommands.ts');
const { TaskCommands } = await import('../../../src/commands/taskChoice.ts');

const GATEWAY = 'https://gateway.example/kyyReactApiServer';
const BODY = { model: 'veo_3_1_fast', prompt: "It's a ferry.", resolution: '720p' };
const START = `curl -H "Authorization: Bearer $DAILIES_KEY" -H 'Content-Type: application/json' --data-raw`;

describe('copying a request as a curl command', () => {
  useLanguage('en');

  let store: TaskStore;

  beforeEach(() => {
    store = new TaskStore(':memory:', { clock: new HandClock(NOON) });
    Object.assign(globalThis.fakePerson, { messages: [], button: undefined, clipboard: 'mine' });
    const unused = (): never => {
      throw new Error('Copying sends nothing.');
    };
    registerIntentCommands({
      store,
      making: new Making({
        store,
        clock: new HandClock(NOON),
        modelOf: modelCalled,
        prices: () => ({}),
        dayLimit: () => ({}),
      }),
      makeVideos: unused,
      now: () => NOON,
      keyOf: unused,
      reveal: unused,
    });
    const inFront = { selection: () => [], pointed: () => Promise.resolve([]), ofPage: () => [] };
    registerDeveloperCommands(new TaskCommands(store, new HandClock(NOON), inFront), {
      store,
      modelOf: modelCalled,
    });
  });

  afterEach(() => {
    store.dispose();
  });

  const run = async (command: string, ...given: unknown[]): Promise<string | undefined> => {
    await globalThis.fakePerson.commands.get(command)?.(...given);
    return globalThis.fakePerson.clipboard;
  };
  const addTask = (id: string, request: string | null): number => {
    const { task } = store.add(GATEWAY, id, NOON);
    store.update(task.key, { request });
    return task.key;
  };

  it('gives what an intent sends, and says that running it is charged', async () => {
    const [intent] = store.intents.add([aNewIntent({ gateway: GATEWAY, body: JSON.stringify(BODY) })], NOON);
    assert.equal(
      await run('dailies.intent.copyCurl', intent?.id),
      `${START} '{"model":"veo_3_1_fast","prompt":"It'\\''s a ferry.","resolution":"720p"}' '${GATEWAY}/v1/veo/videos'`,
    );
    assert.match(globalThis.fakePerson.messages.join('\n'), /it generates a video, which is charged/);
  });

  it('gives what made a task, at the endpoint of its model or of its intent', async () => {
    const task = addTask('video_1', JSON.stringify({ ...BODY, model: 'grok_video3' }));
    assert.match((await run('dailies.task.copyRequestCurl', task)) ?? '', /\/v1\/grok\/videos'$/);

    const [intent] = store.intents.add([aNewIntent({ gateway: GATEWAY, family: 'grok' })], NOON);
    store.intents.claim(NOON, 1_000);
    const settled = { problem: null, problemText: null, response: null } as const;
    store.intents.settle(intent?.id ?? '', { state: 'accepted', taskId: 'new_1', ...settled }, NOON);
    const made = addTask('new_1', JSON.stringify({ ...BODY, model: 'new_model' }));
    assert.match((await run('dailies.task.copyRequestCurl', made)) ?? '', /\/v1\/grok\/videos'$/);
  });

  it('leaves the clipboard alone where the request is not known as it was sent', async () => {
    const cut = { ...BODY, image_urls: ['data:image/png'] };
    for (const request of [
      null,
      '{}',
      JSON.stringify(cut),
      JSON.stringify({ ...BODY, model: 'new_model' }),
    ]) {
      const task = addTask(`vgen_${String(request?.length)}`, request);
      assert.equal(await run('dailies.task.copyRequestCurl', task), 'mine');
    }
  });
});
