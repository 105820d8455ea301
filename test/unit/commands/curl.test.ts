import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { platform } from 'node:os';
import { curlOf } from '../../../src/commands/curl.ts';
import { aTask } from '../builders.ts';

/** What curl would be given, one argument a line, if the line were pasted into a shell. */
function argumentsIn(line: string): string[] {
  const curl = `curl() { printf '%s\\0' "$@"; }`;
  const env = { ...process.env, DAILIES_KEY: 'fake key' };
  const output = execFileSync('sh', ['-c', `${curl}\n${line}`], { env, encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

describe('a task as a curl command', () => {
  it('asks what Dailies asks, with the name of the key in place of the key', () => {
    assert.equal(
      curlOf(aTask()),
      `curl -H "Authorization: Bearer $DAILIES_KEY" 'https://gateway.example/kyyReactApiServer/v1/result/vgen_abc123def456'`,
    );
  });

  it('is safe to paste, whatever is in the address or the ID', function () {
    if (platform() === 'win32') {
      this.skip();
    }
    const gateway = `https://gateway.example/$(id)\`id\`"'; id #\n!! \\`;
    const line = curlOf({ gateway, id: `'$(id)'/../?x=1&y` });
    assert.deepEqual(argumentsIn(line), [
      '-H',
      'Authorization: Bearer fake key',
      `${gateway}/v1/result/'%24(id)'%2F..%2F%3Fx%3D1%26y`,
    ]);
  });
});
