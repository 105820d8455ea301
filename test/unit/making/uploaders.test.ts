import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { uploadByCommand } from '../../../src/making/uploadCommand.ts';
import { uploadByPicGo } from '../../../src/making/picgo.ts';
import { UploadError, type UploadProblem } from '../../../src/making/uploaders.ts';
import { linkOf, startPicGo, type PicGo } from '../../images/picgo.ts';

const SCRIPT = resolve(import.meta.dirname, '../../images/upload.js');
const NEVER = new AbortController().signal;

async function problemOf(upload: Promise<string>): Promise<UploadProblem> {
  const error: unknown = await upload.then(
    link => link,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UploadError, String(error));
  return error.problem;
}

describe('the upload of an image', () => {
  let folder: string;
  let image: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-images-'));
    image = join(folder, 'dock at dusk.png');
    writeFileSync(image, 'a');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  describe('by PicGo', () => {
    let picgo: PicGo;

    beforeEach(async () => {
      picgo = await startPicGo();
    });

    afterEach(async () => {
      await picgo.close();
    });

    it('gives the link that PicGo gives, whatever form its address has', async () => {
      for (const end of ['', '/', '/upload', '/upload/', '/upload?key=fake']) {
        assert.equal(await uploadByPicGo(picgo.address + end, image, NEVER), linkOf(image));
      }
      assert.deepEqual(picgo.uploaded, Array(5).fill(image));
    });

    it('reports what PicGo says when it fails', async () => {
      const says = async (body: unknown, status = 200): Promise<UploadProblem> => {
        picgo.reply({ body: typeof body === 'string' ? body : JSON.stringify(body), status });
        return problemOf(uploadByPicGo(picgo.address, image, NEVER));
      };
      assert.deepEqual(await says({ success: false, message: 'No\n token' }), {
        kind: 'failed',
        text: 'No token',
      });
      assert.deepEqual(await says({ success: false, result: [], msg: 'upload error' }), {
        kind: 'failed',
        text: 'upload error',
      });
      assert.deepEqual(await says({ success: false }, 500), { kind: 'failed', text: '' });
      assert.deepEqual(await says({ success: true, result: [] }), { kind: 'noLink' });
      assert.deepEqual(await says({ success: true, result: [5] }), { kind: 'noLink' });
      assert.deepEqual(await says({ success: true, result: ['http://127.0.0.1/a.png'] }), {
        kind: 'notPublic',
        link: 'http://127.0.0.1/a.png',
      });
      assert.deepEqual(await says('<html>', 502), { kind: 'notPicGo', text: 'HTTP 502' });
      assert.deepEqual(await says('null'), { kind: 'notPicGo', text: 'HTTP 200' });
    });

    it('reports that PicGo does not run, is too slow, or says too much', async () => {
      picgo.reply('silence');
      assert.deepEqual(await problemOf(uploadByPicGo(picgo.address, image, NEVER, 50)), { kind: 'timeout' });
      picgo.reply({ body: JSON.stringify({ success: true, result: ['x'.repeat(1_000_000)] }) });
      assert.equal((await problemOf(uploadByPicGo(picgo.address, image, NEVER))).kind, 'failed');
      await picgo.close();
      assert.deepEqual(await problemOf(uploadByPicGo(picgo.address, image, NEVER)), { kind: 'notRunning' });
    });

    it('ends when a person ends it', async () => {
      picgo.reply('silence');
      const stop = new AbortController();
      const upload = uploadByPicGo(picgo.address, image, stop.signal);
      stop.abort(new Error('ended'));
      await assert.rejects(upload, /ended/);
    });
  });

  describe('by a command', () => {
    const run = (how: string, signal = NEVER, longest?: number): Promise<string> =>
      uploadByCommand([process.execPath, SCRIPT, how], image, signal, longest);

    it('gives the link that the command prints, among other words', async () => {
      assert.equal(
        await uploadByCommand([process.execPath, SCRIPT], image, NEVER),
        'https://images.example.com/a.png',
      );
      assert.equal(await run('talk'), 'https://images.example.com/a.png');
    });

    it('gives it the path as it stands, whatever a shell would make of it', async () => {
      const note = join(folder, 'note');
      for (const name of ['$(id)`id`;&& x.png', `it's "a" b.png`, '-rf', '%PATH%.png', '--x=*.png']) {
        const path = join(folder, name);
        const link = await uploadByCommand([process.execPath, SCRIPT, `note=${note}`], path, NEVER);
        assert.equal(link, `https://images.example.com/${encodeURIComponent(name)}`);
        assert.equal(readFileSync(note, 'utf8').trimEnd().split('\n').at(-1), path);
      }
    });

    it('reports why there is no link', async () => {
      assert.deepEqual(await problemOf(run('fail')), {
        kind: 'exit',
        code: 3,
        text: 'Error: quota exceeded',
      });
      assert.deepEqual(await problemOf(run('nothing')), { kind: 'noLink' });
      assert.deepEqual(await problemOf(run('words')), { kind: 'notPublic', link: 'Uploaded.' });
      assert.deepEqual(await problemOf(run('private')), {
        kind: 'notPublic',
        link: 'http://192.168.1.5/a.png',
      });
      assert.deepEqual(await problemOf(run('flood')), { kind: 'tooMuch' });
      assert.deepEqual(await problemOf(run('hang', NEVER, 300)), { kind: 'timeout' });
    });

    it('reports that there is no such command, or that it cannot be run', async () => {
      const missing = join(folder, 'no-such-program');
      assert.deepEqual(await problemOf(uploadByCommand([missing], image, NEVER)), {
        kind: 'notFound',
        text: missing,
      });
      for (const command of [[], [''], [folder], [image], ['a\0b'], [process.execPath, 'a\0b']]) {
        const { kind } = await problemOf(uploadByCommand(command, image, NEVER));
        assert.ok(kind === 'notRunnable' || kind === 'notFound', `${JSON.stringify(command)}: ${kind}`);
      }
    });

    it('ends when a person ends it', async () => {
      const stop = new AbortController();
      const upload = run('hang', stop.signal);
      stop.abort(new Error('ended'));
      await assert.rejects(upload, /ended/);
      await assert.rejects(run('talk', stop.signal), /ended/);
    });
  });
});
