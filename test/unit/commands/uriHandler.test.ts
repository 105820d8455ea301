import assert from 'node:assert/strict';
import { Operations } from '../../../src/store/operations.ts';
import { TaskStore } from '../../../src/store/store.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { registerUriHandler } = await import('../../../src/commands/uriHandler.ts');

const GATEWAY = 'https://gateway.example/kyyReactApiServer';

describe('an address that leads to Dailies', () => {
  useLanguage('en');
  let store: TaskStore;
  let revealed: number[];
  let key: () => Promise<string | undefined>;

  beforeEach(() => {
    store = new TaskStore(':memory:', { clock: new HandClock(NOON) });
    revealed = [];
    key = () => Promise.resolve(DEMO_KEY);
    Object.assign(globalThis.fakePerson, {
      messages: [],
      button: 'Track',
      settings: { 'dailies.gateway.baseUrl': GATEWAY },
    });
    registerUriHandler({
      operations: new Operations(store, new HandClock(NOON)),
      ownFolder: () => null,
      keyOf: () => key(),
      find: (gateway, id) => store.find(gateway, id),
      reveal: task => {
        revealed.push(task);
        return Promise.resolve();
      },
    });
  });

  afterEach(() => {
    store.dispose();
  });

  /** As VS Code hands it over: its query is decoded once. */
  const open = async (query: string, path = '/track'): Promise<void> => {
    await globalThis.fakePerson.commands.get('uri')?.({ path, query });
  };
  const listed = (): string[] => store.list().map(({ id }) => id);
  const messages = (): readonly string[] => globalThis.fakePerson.messages;

  it('is confirmed once, however often it is clicked, and tracked once', async () => {
    const press: ((button: string) => void)[] = [];
    globalThis.fakePerson.button = () => new Promise(done => press.push(done));
    const clicks = ['id=vgen_1a', 'id=vgen_1a', 'id=vgen_1a&id=vgen_1a'].map(query => open(query));
    while (press.length === 0) {
      await new Promise(setImmediate);
    }
    clicks.push(open('id=vgen_1a'));
    await new Promise(setImmediate);
    assert.equal(press.length, 1);
    press[0]?.('Track');
    await Promise.all(clicks);
    assert.deepEqual([listed(), messages().length], [['vgen_1a'], 1]);
  });

  it('is to be confirmed again after the person has declined', async () => {
    globalThis.fakePerson.button = undefined;
    await open('id=vgen_1a');
    await open('id=vgen_1a');
    assert.deepEqual([listed(), messages().length], [[], 2]);
  });

  it('only shows what is in the list already, and names all where something is new', async () => {
    await open('id=vgen_1a');
    await open('id=vgen_1a');
    assert.deepEqual([messages().length, revealed.length], [1, 2]);
    await open('id=vgen_1a&id=mcp_2b');
    assert.match(messages().at(-1) ?? '', /A link wants to track 2 tasks\..*vgen_1a\nmcp_2b/s);
    assert.deepEqual(listed().sort(), ['mcp_2b', 'vgen_1a']);
  });

  it('is tracked without a key, and where the keyring never responds', async () => {
    key = () => Promise.resolve(undefined);
    await open('id=vgen_1a');
    key = () => Promise.reject(new Error('locked'));
    await open('id=vgen_2b');
    key = () => new Promise(() => undefined);
    await open('id=vgen_3c');
    assert.deepEqual(listed().sort(), ['vgen_1a', 'vgen_2b', 'vgen_3c']);
  });

  for (const [what, query, path] of [
    ['a gateway', `id=vgen_1a&gateway=https://evil.example`],
    ['a key', `id=vgen_1a&key=${DEMO_KEY}`],
    ['a key as its ID', `id=${DEMO_KEY}1`],
    ['another verb', 'id=vgen_1a', '/make'],
    ['a path in its path', 'id=vgen_1a', '/track/../make'],
    ['a path', 'id=../../vgen_1a'],
    ['an encoded path', 'id=%2e%2e%2fvgen_1a'],
    ['a space', 'id=vgen_1a vgen_2b'],
    ['a null', 'id=vgen_1a%00'],
    ['a command', 'id=[Update 1](command:workbench.action.quit)'],
    ['HTML', 'id=<img src=x1 onerror=alert(1)>'],
    ['a megabyte', `id=${'1'.repeat(1_000_000)}`],
    ['a megabyte of IDs', Array.from({ length: 50_000 }, (_, index) => `id=vgen_${index}`).join('&')],
    ['nothing', ''],
    ['an ID for another list', 'id[]=vgen_1a'],
  ] as const) {
    it(`is refused in a short message where it brings ${what}`, async () => {
      await open(query, path);
      assert.deepEqual([listed(), messages().length], [[], 1]);
      const [message = ''] = messages();
      assert.ok(message.length < 300, message);
      assert.doesNotMatch(message, new RegExp(`${DEMO_KEY}|\\]\\(command|evil`));
    });
  }
});
