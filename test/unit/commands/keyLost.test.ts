import assert from 'node:assert/strict';
import type { ExtensionContext, Memento } from 'vscode';
import { systemClock } from '../../../src/base/clock.ts';
import { commands } from '../../../src/ids.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { isStrings, Kept } = await import('../../../src/host/kept.ts');
const { Keys } = await import('../../../src/host/secrets.ts');
const { registerKeyCommands } = await import('../../../src/commands/keyCommands.ts');

const GATEWAY = 'https://gateway.example/relay';
const LOST = /之前/;

describe('a key in a browser', () => {
  const secrets = new Map<string, string>();
  const kept = new Map<string, unknown>();

  before(() => {
    const storage = {
      get: (name: string) => Promise.resolve(secrets.get(name)),
      store: (name: string, value: string) => Promise.resolve(void secrets.set(name, value)),
      delete: (name: string) => Promise.resolve(void secrets.delete(name)),
      onDidChange: () => ({ dispose: () => undefined }),
    } as unknown as ExtensionContext['secrets'];
    const memento = {
      get: (name: string) => kept.get(name),
      update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)),
    } as unknown as Memento;
    registerKeyCommands({
      keys: new Keys(storage, systemClock),
      entered: new Kept(memento, 'keysEntered', isStrings, []),
      check: () => Promise.resolve({ kind: 'accepted' }),
    });
  });

  /** Enters a key, and gives what is said then. */
  async function enter(key: string): Promise<string> {
    fakePerson.messages.length = 0;
    fakePerson.input = key;
    await fakePerson.commands.get(commands.setKey)?.(GATEWAY);
    return fakePerson.messages.join('\n');
  }

  it('that the server did not keep over a reload is said to be lost when it is entered again', async () => {
    assert.doesNotMatch(await enter('sk-fake-first'), LOST);
    // Kept: another one takes its place, and nothing was lost.
    assert.doesNotMatch(await enter('sk-fake-second'), LOST);
    secrets.clear();
    assert.match(await enter('sk-fake-third'), LOST);
    assert.equal([...secrets.values()][0], 'sk-fake-third');
  });
});
