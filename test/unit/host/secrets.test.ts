import assert from 'node:assert/strict';
import type { ExtensionContext } from 'vscode';
import { SECOND } from '../../../src/base/clock.ts';
import { KeyringError } from '../../../src/base/errors.ts';
import { HandClock, NOON } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';

fakeVscode();
const { Keys } = await import('../../../src/host/secrets.ts');

/** Keys on a keyring that does what `get` does. */
function keysOn(clock: HandClock, get: () => Promise<string | undefined>): InstanceType<typeof Keys> {
  const secrets = { get, onDidChange: () => ({ dispose: () => undefined }) };
  return new Keys(secrets as unknown as ExtensionContext['secrets'], clock);
}

describe('the keys', () => {
  it('say that they cannot be read where the keyring throws', async () => {
    const keys = keysOn(new HandClock(), () => Promise.reject(new Error('no keyring daemon')));
    await assert.rejects(keys.get('https://gateway.example'), (error: unknown) => {
      assert.ok(error instanceof KeyringError && error.message === 'no keyring daemon');
      return true;
    });
  });

  it('are waited for ten seconds, read once meanwhile, and there when the keyring is unlocked', async () => {
    const clock = new HandClock();
    const { promise, resolve } = Promise.withResolvers<string>();
    let reads = 0;
    const keys = keysOn(clock, () => {
      reads++;
      return promise;
    });
    for (let attempt = 1; attempt <= 2; attempt++) {
      const key = keys.get('https://gateway.example');
      const refused = assert.rejects(key, KeyringError);
      assert.ok(clock.ringNext(NOON + attempt * 10 * SECOND));
      await refused;
    }
    const late = keys.get('https://gateway.example');
    resolve('key-not-real');
    assert.deepEqual([await late, reads], ['key-not-real', 1]);
  });
});
