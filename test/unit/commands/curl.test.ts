import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { platform } from 'node:os';
import fc from 'fast-check';
import { createCurlOf, curlOf, shellAt } from '../../../src/commands/curl.ts';
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
      curlOf(aTask(), 'posix'),
      `curl -H "Authorization: Bearer $DAILIES_KEY" 'https://gateway.example/kyyReactApiServer/v1/result/vgen_abc123def456'`,
    );
  });

  it('is safe to paste, whatever is in the address or the ID', function () {
    if (platform() === 'win32') {
      this.skip();
    }
    const gateway = `https://gateway.example/$(id)\`id\`"'; id #\n!! \\`;
    const line = curlOf({ gateway, id: `'$(id)'/../?x=1&y` }, 'posix');
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
      createCurlOf({ ...call, family: 'veo', body: '{"model":"veo_3_1_fast","prompt":"A ferry."}' }, 'posix'),
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
      const words = argumentsIn(createCurlOf({ ...call, body }, 'posix'));
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

/** What PowerShell pipes into curl, and what it gives it: texts in single quotes, in which two are one. */
function inPowerShell(line: string): { input: string; words: string[] } {
  // It takes curved quotes for straight ones.
  assert.match(line, /^[ -~]*$/);
  const parts = [...line.matchAll(/'((?:[^']|'')*)'|"([^"]*)"|[^\s'"]+/g)].map(
    ([word, single, double]) => single?.replaceAll("''", "'") ?? double ?? word,
  );
  const [input = '', pipe, ...words] = parts;
  assert.equal(pipe, '|');
  return { input, words };
}

/** The arguments that a program gets from cmd, by the rules of Microsoft's C runtime. */
function inCmd(line: string): string[] {
  // Nothing that cmd does something with, but for the one variable.
  assert.doesNotMatch(line.replace('%DAILIES_KEY%', ''), /[%!^&|<>()`]|[^ -~]/);
  const words: string[] = [];
  let word = '';
  let isQuoted = false;
  for (const [part, slashes = '', sign] of `${line} `.matchAll(/(\\*)(")|[^]/g)) {
    if (sign !== undefined) {
      const isSign = slashes.length % 2 === 1;
      word += '\\'.repeat(slashes.length >> 1) + (isSign ? '"' : '');
      isQuoted = isSign ? isQuoted : !isQuoted;
    } else if (part === ' ' && !isQuoted) {
      words.push(word);
      word = '';
    } else {
      word += part;
    }
  }
  return words;
}

describe('a command line for the shells of Windows', () => {
  const call = { gateway: 'https://gateway.example/kyyReactApiServer', family: 'grok' } as const;
  const address = `${call.gateway}/v1/grok/videos`;
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '"',
          "'",
          '\\',
          '\\"',
          '%PATH%',
          '$env:X',
          '`',
          '^',
          '&',
          '’',
          '船',
          '🎬',
          '\n',
          '\u0000',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 8 },
    )
    .map(parts => parts.join(''));

  it('is for the shell of the terminals', () => {
    assert.deepEqual(
      [
        'C:\\Windows\\System32\\cmd.exe',
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
        '/usr/bin/pwsh',
        'C:\\Program Files\\Git\\bin\\bash.exe',
        '/bin/zsh',
        '',
      ].map(shellAt),
      ['cmd', 'windowsPowerShell', 'windowsPowerShell', 'powershell', 'posix', 'posix', 'posix'],
    );
  });

  it('requests the status of a task', () => {
    const end = '/v1/result/vgen_abc123def456';
    assert.deepEqual(
      (['windowsPowerShell', 'powershell', 'cmd'] as const).map(shell => curlOf(aTask(), shell)),
      [
        `curl.exe -H "Authorization: Bearer $env:DAILIES_KEY" '${call.gateway}${end}'`,
        `curl -H "Authorization: Bearer $env:DAILIES_KEY" '${call.gateway}${end}'`,
        `curl -H "Authorization: Bearer %DAILIES_KEY%" "${call.gateway}${end}"`,
      ],
    );
  });

  it('posts the same request from PowerShell, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, hostile, (prompt, name) => {
        const body = JSON.stringify({ prompt, [name]: [name] });
        const { input, words } = inPowerShell(createCurlOf({ ...call, body }, 'windowsPowerShell'));
        assert.deepEqual(JSON.parse(input), JSON.parse(body));
        assert.deepEqual(words, [
          ...['curl.exe', '-H', 'Authorization: Bearer $env:DAILIES_KEY'],
          ...['-H', 'Content-Type: application/json', '--data-binary', '@-', address],
        ]);
      }),
    );
  });

  it('posts the same request from cmd, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, hostile, (prompt, name) => {
        const body = JSON.stringify({ prompt, [name]: [name] });
        const [, , key, , type, , sent = '', to] = inCmd(createCurlOf({ ...call, body }, 'cmd'));
        assert.deepEqual(JSON.parse(sent), JSON.parse(body));
        assert.deepEqual(
          [key, type, to],
          ['Authorization: Bearer %DAILIES_KEY%', 'Content-Type: application/json', address],
        );
      }),
    );
  });
});
