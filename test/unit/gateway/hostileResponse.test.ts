import assert from 'node:assert/strict';
import { readResult } from '../../../src/gateway/wire.ts';
import { HOSTILE_BODIES, list } from './hostileBodies.ts';

describe('a response of the worst kind', () => {
  for (const [name, body] of Object.entries(HOSTILE_BODIES)) {
    // How long it holds up the extension host is measured by `npm run bench -- check`; here it must come to an end at all.
    it(`is read to the end: ${name}`, () => {
      const whole = body();
      for (const status of [200, 500]) {
        const reply = readResult({ status, body: whole }, 'https://gateway.example/relay', 'vgen_1');
        assert.ok(
          status === 200 || reply.kind === 'requestFailed' || reply.kind === 'keyRejected',
          reply.kind,
        );
      }
    }).timeout(10_000);
  }

  it('is called unexpected where it has more values than are read', () => {
    const reply = readResult({ status: 200, body: list('{}') }, 'https://gateway.example', 'vgen_1');
    assert.deepEqual([reply.kind, 'problem' in reply && reply.problem], ['requestFailed', 'unexpected']);
  });
});
