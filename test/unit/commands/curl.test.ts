import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { platform } from 'node:os';
import { createCurlOf, curlOf } from '../../../src/commands/curl.ts';
import { aTask } from '../builders.ts';

/** What curl would be given if the text were pasted into a shell: its arguments, and what stands on its input where it reads that. */
function argumentsIn(line: string): string[] {
  const curl = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat; printf '\\0';; esac; }`;
  const env = { ...process.env, DAILIES_KEY: 'fake key' };
  const output = execFileSync('sh', [], { env, encoding: 'utf8', input: `${curl}\n${line}\n` });
  return output.split('\0').slice(0, -1);
}

describe('a task as a curl command', () => {
  it('is the request that Dailies sends, with the name of the key in place of the key', () => {
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

describe('the making of a video as a curl command', () => {
  const call = { gateway: 'https://gateway.example/kyyReactApiServer', family: 'grok' } as const;

  it('posts what Dailies posts, with the name of the key in place of the key', () => {
    assert.equal(
      createCurlOf({ ...call, family: 'veo', body: '{"model":"veo_3_1_fast","prompt":"A ferry."}' }),
      [
        `curl -H "Authorization: Bearer $DAILIES_KEY" -H 'Content-Type: application/json'`,
        `--data-raw '{"model":"veo_3_1_fast","prompt":"A ferry."}'`,
        `'https://gateway.example/kyyReactApiServer/v1/veo/videos'`,
      ].join(' '),
    );
  });

  it('is safe to paste, whatever is in the prompt, and however long the request is', function () {
    if (platform() === 'win32') {
      this.skip();
    }
    for (const length of [1, 300_000]) {
      const image_urls = [`data:image/png;base64,${'A'.repeat(length)}`];
      const body = JSON.stringify({ prompt: `"It's $HOME", \`id\` $(id) !! \\ \n— 船\0 #`, image_urls });
      const words = argumentsIn(createCurlOf({ ...call, body }));
      const expected = ['-H', 'Authorization: Bearer fake key', '-H', 'Content-Type: application/json'];
      const address = `${call.gateway}/v1/grok/videos`;
      assert.deepEqual(
        words,
        length === 1
          ? [...expected, '--data-raw', body, address]
          : [...expected, '--data-binary', '@-', address, `${body}\n`],
      );
    }
  });
});
