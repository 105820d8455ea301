import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HOUR } from '../../../src/base/clock.ts';
import { modelCalled } from '../../../src/gateway/models.ts';
import { LARGEST_IMAGE, readImage, type ImageFile } from '../../../src/making/imageFile.ts';
import { localImagesOf, withAddresses } from '../../../src/making/localImages.ts';
import {
  isRefusedImage,
  isUploadMemory,
  planImages,
  rememberedLink,
  withImages,
  withUpload,
  type UploadMemory,
} from '../../../src/making/uploads.ts';

const LINK = 'https://images.example.com/dock.png';
const DAY = 24 * HOUR;

describe('the local images of a request', () => {
  it('are found in every field that takes images, and leave links and all else alone', () => {
    const request = {
      model: 'veo_3_1_fast',
      prompt: '/home/ann/prompt.png',
      first_image: '/home/ann/a.png',
      last_image: LINK,
      image_urls: [LINK, ' ~/b.png', 5, 'data:image/png;base64,AA', pathToFileURL('/home/ann/c d.png').href],
    };
    assert.deepEqual(localImagesOf(request), [
      { field: 'first_image', path: '/home/ann/a.png' },
      { field: 'image_urls', index: 1, path: join(homedir(), 'b.png') },
      { field: 'image_urls', index: 4, path: '/home/ann/c d.png' },
    ]);
    assert.deepEqual(
      withAddresses(request, ({ path }) => `${LINK}?${path.at(-5) ?? ''}`),
      {
        ...request,
        first_image: `${LINK}?a`,
        image_urls: [LINK, `${LINK}?b`, 5, 'data:image/png;base64,AA', `${LINK}?d`],
      },
    );
  });

  it('of any request are found without throwing, and a request without them stays as it is', () => {
    const fields = fc.constantFrom('first_image', 'last_image', 'image_urls', 'input_reference', 'prompt');
    fc.assert(
      fc.property(fc.dictionary(fields, fc.anything()), request => {
        const images = localImagesOf(request);
        const after = withAddresses(request, () => LINK);
        assert.deepEqual(localImagesOf(after), []);
        if (images.length === 0) {
          assert.deepEqual(after, { ...request });
        }
      }),
    );
  });
});

describe('an image file', () => {
  let folder: string;
  const write = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
    return path;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-images-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is known by its content, whatever its name says', async () => {
    const types = [];
    for (const [name, content] of [
      ['a.txt', '\xff\xd8\xff\xe0'],
      ['b', '\x89PNG\r\n\x1a\n…'],
      ['c.jpg', 'RIFF\x10\0\0\0WEBPVP8 '],
    ] as const) {
      const found = await readImage(write(name, content));
      types.push('kind' in found ? found.kind : found.type);
    }
    assert.deepEqual(types, ['image/jpeg', 'image/png', 'image/webp']);
  });

  it('that cannot be sent is reported with the reason', async () => {
    const kindOf = async (path: string): Promise<string> => {
      const found = await readImage(path);
      return 'kind' in found ? found.kind : 'image';
    };
    mkdirSync(join(folder, 'folder.png'));
    assert.equal(await kindOf(join(folder, 'none.png')), 'gone');
    assert.equal(await kindOf(join(write('file', 'x'), 'below.png')), 'gone');
    assert.equal(await kindOf('frames/dock.png'), 'gone', 'a path that is not whole has no place here');
    assert.equal(await kindOf(join(folder, 'folder.png')), 'notImage');
    assert.equal(await kindOf(write('text.png', 'GIF89a')), 'notImage');
    assert.equal(await kindOf(write('empty.png', '')), 'empty');
    assert.equal(await kindOf(`${folder}/a\0.png`), 'unreadable');
    assert.equal(await kindOf(write('large.png', Buffer.alloc(LARGEST_IMAGE + 1))), 'tooLarge');
  });
});

describe('what becomes of local images', () => {
  const file = (path: string, size = 10): ImageFile => ({
    path,
    bytes: Buffer.alloc(size, path),
    type: 'image/png',
    hash: `hash of ${path.replace('copy of ', '')}`,
  });
  const plan = (request: Record<string, unknown>, size?: number): ReturnType<typeof planImages> =>
    planImages(request, modelCalled(String(request.model)), path => file(path, size));
  const uploaded = (request: Record<string, unknown>, size?: number): string[] =>
    plan(request, size).toUpload.map(({ path }) => path);

  it('is that they are sent inside the request, where the model takes that and they are small', () => {
    const grok = { model: 'grok_video3', prompt: 'A ferry.', image_urls: ['/a.png', LINK, '/b.png'] };
    assert.deepEqual(uploaded(grok), []);
    const sent = withImages(grok, plan(grok), path => file(path), new Map());
    assert.deepEqual(
      (sent.image_urls as string[]).map(one => one.slice(0, 22)),
      ['data:image/png;base64,', LINK.slice(0, 22), 'data:image/png;base64,'],
    );
    assert.deepEqual(uploaded(grok, 500_000), ['/a.png', '/b.png'], 'too large together');
  });

  it('is that they are uploaded, each file once, where the model takes links only', () => {
    for (const model of ['grok_video3_max', 'veo_3_1_fast', 'veo_9']) {
      const request = {
        model,
        prompt: 'A ferry.',
        image_urls: ['/a.png', '/copy of a.png', '/a.png', '/b.png'],
      };
      assert.deepEqual(uploaded(request), ['/a.png', '/b.png'], model);
      const links = new Map([
        ['hash of /a.png', `${LINK}?a`],
        ['hash of /b.png', `${LINK}?b`],
      ]);
      assert.deepEqual(withImages(request, plan(request), path => file(path), links).image_urls, [
        `${LINK}?a`,
        `${LINK}?a`,
        `${LINK}?a`,
        `${LINK}?b`,
      ]);
    }
    const frames = { model: 'grok_video3', prompt: 'A ferry.', first_image: '/a.png' };
    assert.deepEqual(uploaded(frames), ['/a.png']);
  });
});

describe('the memory of uploads', () => {
  const NOON = Date.UTC(2026, 10, 28, 12);
  const memory = withUpload({}, 'picgo', 'abc', { link: LINK, at: NOON });

  it('gives the link of the same file by the same uploader, until it may be gone', () => {
    const link = (at: number, days: number, uploader = 'picgo', hash = 'abc'): string | undefined =>
      rememberedLink(memory, uploader, hash, at, days);
    assert.equal(link(NOON + 6 * DAY, 7), LINK);
    assert.equal(link(NOON + 7 * DAY, 7), undefined);
    assert.equal(link(NOON, 0), undefined, 'nothing is remembered for no days');
    assert.equal(link(NOON, 7, 'command'), undefined);
    assert.equal(link(NOON, 7, 'picgo', 'abd'), undefined);
    assert.equal(link(NOON - 1, 7), undefined, 'the clock was turned back');
    assert.equal(link(NOON, Number.NaN), undefined);
  });

  it('stays small: the oldest go first', () => {
    let full: UploadMemory = {};
    for (let index = 0; index < 1100; index++) {
      full = withUpload(full, 'picgo', String(index), { link: LINK, at: NOON + index });
    }
    assert.equal(Object.keys(full).length, 1000);
    assert.equal(rememberedLink(full, 'picgo', '99', NOON + 2000, 7), undefined);
    assert.equal(rememberedLink(full, 'picgo', '100', NOON + 2000, 7), LINK);
  });

  it('is only what has its form', () => {
    assert.ok(isUploadMemory(memory) && isUploadMemory({}));
    for (const other of [null, [], 5, { a: LINK }, { a: { link: LINK } }, { a: { link: 5, at: 5 } }]) {
      assert.ok(!isUploadMemory(other), JSON.stringify(other));
    }
  });

  it('are refused where the gateway says so of a request with their link', () => {
    const request = JSON.stringify({ model: 'veo_3_1_fast', first_image: LINK });
    for (const reason of ['素材 URL 无法访问', 'Failed to download the image', 'image_urls[0]: 404']) {
      assert.equal(isRefusedImage(LINK, [{ request, reason }]), true, reason);
      assert.equal(isRefusedImage(`${LINK}?2`, [{ request, reason }]), false);
    }
    for (const reason of [null, '', 'prompt 不能为空', 'Curly content policy']) {
      assert.equal(isRefusedImage(LINK, [{ request, reason }]), false, String(reason));
    }
    assert.equal(isRefusedImage(LINK, [{ request: null, reason: 'image' }]), false);
  });
});
