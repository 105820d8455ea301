import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Memento } from 'vscode';
import { HOUR } from '../../../src/base/clock.ts';
import { modelCalled } from '../../../src/gateway/models.ts';
import type { Wish } from '../../../src/making/making.ts';
import { linkOf, startPicGo, type PicGo } from '../../images/picgo.ts';
import { HandClock, ListLog, useFolder } from '../builders.ts';
import { fakeVscode, useLanguage } from '../views/fakeVscode.ts';

fakeVscode();
const { prepareImagesWith } = await import('../../../src/commands/prepareImages.ts');
const { isStrings, Kept } = await import('../../../src/host/kept.ts');
const { isUploadMemory } = await import('../../../src/making/uploads.ts');

const LINK = 'https://images.example.com/dock.png';
const SCRIPT = resolve(import.meta.dirname, '../../images/upload.js');

/** What VS Code keeps for an extension. */
class FakeMemento {
  private readonly kept = new Map<string, unknown>();
  /** All that is kept, as text. */
  text(): string {
    return JSON.stringify([...this.kept]);
  }
  get(name: string): unknown {
    return this.kept.get(name);
  }
  update(name: string, value: unknown): Thenable<void> {
    this.kept.set(name, value);
    return Promise.resolve();
  }
}

describe('images on this computer', () => {
  useLanguage('en');

  const folder = useFolder();
  let picgo: PicGo;
  let clock: HandClock;
  /** What the gateway has refused, and when. */
  let refused: { link: string; at: number } | undefined;
  let memento: FakeMemento;
  let log: ListLog;

  beforeEach(async () => {
    picgo = await startPicGo();
    clock = new HandClock();
    refused = undefined;
    memento = new FakeMemento();
    log = new ListLog();
    Object.assign(globalThis.fakePerson, {
      messages: [],
      button: (_message: string, [first]: readonly string[]) => first,
      isTrusted: true,
      progress: true,
    });
    set({});
  });

  afterEach(async () => {
    await picgo.close();
    Object.assign(globalThis.fakePerson, { isTrusted: undefined, progress: undefined });
  });

  const set = (settings: Record<string, unknown>): void => {
    globalThis.fakePerson.settings = {
      'dailies.images.uploader': 'picgo',
      'dailies.images.picgoUrl': picgo.address,
      'dailies.images.command': [],
      'dailies.images.expiresAfterDays': 7,
      ...settings,
    };
  };
  const image = (name: string, content = name): string => {
    const path = join(folder(), name);
    mkdirSync(resolve(path, '..'), { recursive: true });
    writeFileSync(path, Buffer.from(`\x89PNG\r\n\x1a\n${content}`, 'latin1'));
    return path;
  };
  /** Each time as in a window that was just opened. */
  const prepare = (...wishes: Wish[]): Promise<readonly Wish[] | undefined> =>
    prepareImagesWith({
      clock,
      log,
      modelOf: modelCalled,
      sourceOfFrame: path => (path.endsWith('_last.png') ? '{"from":"a clip"}' : undefined),
      wasRefused: ({ link, at }) => refused?.link === link && at < refused.at,
      uploads: new Kept(memento as unknown as Memento, 'uploadedImages', isUploadMemory, {}),
      folders: new Kept(memento as unknown as Memento, 'uploadFolders', isStrings, []),
    })(wishes);
  const veo = (first_image: string, more: object = {}): Wish => ({
    request: { model: 'veo_3_1_fast', prompt: 'A ferry.', first_image, ...more },
    label: 'Ferry',
  });
  const said = (): readonly string[] => globalThis.fakePerson.messages;

  it('leave wishes without them as they are, whatever is set', async () => {
    set({ 'dailies.images.uploader': 'none' });
    Object.assign(globalThis.fakePerson, { isTrusted: false });
    const wishes = [veo(LINK), { request: { model: 5, prompt: null, image_urls: [5] } }];
    assert.deepEqual(await prepare(...wishes), wishes.slice(0, 2));
    assert.deepEqual([said(), picgo.uploaded], [[], []]);
  });

  it('that are frames of clips are known as such, whatever they are uploaded to; what is known already stays', async () => {
    const [frame, other] = [image('a/ferry_last.png'), image('a/dock.png')];
    const ready = await prepare(veo(frame), veo(other), { ...veo(LINK), source: 'known' });
    assert.deepEqual(
      ready?.map(({ request, source }) => [request.first_image, source]),
      [
        [linkOf(frame), '{"from":"a clip"}'],
        [linkOf(other), undefined],
        [LINK, 'known'],
      ],
    );
  });

  it('are uploaded once a person has confirmed it for the folder, each once, and used again for some days', async () => {
    const [dock, copy, sea] = [image('a/dock.png'), image('a/copy.png', 'a/dock.png'), image('a/sea.png')];
    const wishes = [veo(dock, { last_image: LINK }), veo(copy), veo(sea)];
    const ready = await prepare(...wishes);
    assert.deepEqual(ready, [veo(linkOf(dock), { last_image: LINK }), veo(linkOf(dock)), veo(linkOf(sea))]);
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /^Upload images from the folder "a"\?/);
    assert.ok(said()[0]?.includes(dock) && said()[0]?.includes(sea));
    assert.deepEqual(picgo.uploaded, [dock, sea]);

    clock.jump(6 * 24 * HOUR);
    assert.deepEqual(await prepare(...wishes), ready);
    assert.deepEqual([said().length, picgo.uploaded.length], [1, 2], 'uploaded again');

    clock.jump(25 * HOUR);
    assert.deepEqual(await prepare(...wishes), ready);
    assert.deepEqual([said().length, picgo.uploaded.length], [1, 4], 'not uploaded again');

    await prepare(veo(image('b/dock.png')));
    assert.match(said()[1] ?? '', /from the folder "b"/);
    writeFileSync(dock, Buffer.from('\x89PNG\r\n\x1a\nanother', 'latin1'));
    await prepare(veo(dock));
    assert.deepEqual(picgo.uploaded.slice(-1), [dock], 'what is another image now was not uploaded');
  });

  it('whose link the gateway has refused since are uploaded again', async () => {
    const dock = image('a/dock.png');
    await prepare(veo(dock));
    refused = { link: linkOf(dock), at: clock.now() + 1 };
    await prepare(veo(dock));
    assert.deepEqual(picgo.uploaded, [dock, dock]);
    // The new one is not what was refused.
    refused = { link: linkOf(dock), at: clock.now() };
    await prepare(veo(dock));
    assert.deepEqual(picgo.uploaded, [dock, dock]);
  });

  it('are shown by paths as VS Code writes them, with the home folder short', async () => {
    const before = process.env.HOME;
    process.env.HOME = folder();
    try {
      await prepare(veo(image('a/dock.png')));
      assert.match(said()[0] ?? '', / \| ~\/a\/dock\.png\n/);
      await prepare(veo(join(folder(), 'none.png')));
      assert.match(said().at(-1) ?? '', /The image ~\/none\.png doesn't exist\./);
    } finally {
      process.env.HOME = before;
    }
  });

  it('stay where they are where a person does not confirm it, and are polled again', async () => {
    Object.assign(globalThis.fakePerson, { button: undefined });
    const wish = veo(image('dock.png'));
    assert.equal(await prepare(wish), undefined);
    assert.equal(await prepare(wish), undefined);
    assert.deepEqual([said().length, picgo.uploaded], [2, []]);
  });

  it('stay where they are in a workspace that is not trusted', async () => {
    Object.assign(globalThis.fakePerson, { isTrusted: false });
    assert.equal(await prepare(veo(image('dock.png'))), undefined);
    assert.equal(
      await prepare({
        request: { model: 'grok_video3', prompt: 'A ferry.', image_urls: [image('dock.png')] },
      }),
      undefined,
    );
    assert.match(said().join('\n'), /Restricted Mode/);
    assert.deepEqual(picgo.uploaded, []);
  });

  it('go inside the request where the model takes that, without a confirmation', async () => {
    set({ 'dailies.images.uploader': 'none' });
    const request = { model: 'grok_video3', prompt: 'A ferry.', image_urls: [image('dock.png'), LINK] };
    const [ready] = (await prepare({ request })) ?? [];
    const [first, second] = ready?.request.image_urls as string[];
    assert.match(first ?? '', /^data:image\/png;base64,iVBORw0KGgp/);
    assert.deepEqual([second, said()], [LINK, []]);
  });

  it('lead to the ways of uploading where none is set, and to PicGo at a click', async () => {
    set({ 'dailies.images.uploader': 'none' });
    const wish = veo(image('dock.png'));
    const ready = await prepare(wish);
    assert.deepEqual(ready, [veo(linkOf(image('dock.png')))]);
    assert.match(said()[0] ?? '', /^Set up image uploads/);
    assert.equal(globalThis.fakePerson.settings?.['dailies.images.uploader'], 'picgo');
  });

  it('lead to the setting where that is of no use', async () => {
    const wish = veo(image('dock.png'));
    for (const [settings, words] of [
      [{ 'dailies.images.uploader': 'command' }, /set the command/],
      [{ 'dailies.images.uploader': 'command', 'dailies.images.command': 'node x' }, /set the command/],
      [{ 'dailies.images.uploader': 'command', 'dailies.images.command': [' '] }, /set the command/],
      [{ 'dailies.images.picgoUrl': 'picgo' }, /address isn't valid/],
      [{ 'dailies.images.picgoUrl': 'http://192.168.1.5:36677' }, /must run on this computer/],
      [{ 'dailies.images.picgoUrl': 'http://127.0.0.1.example.com' }, /must run on this computer/],
    ] as const) {
      set(settings);
      assert.equal(await prepare(wish), undefined);
      assert.match(said().at(-1) ?? '', words);
      assert.match(said().at(-1) ?? '', /Open Settings$/);
    }
    assert.deepEqual(picgo.uploaded, []);
  });

  it('are uploaded by a command of the person, which is not in what Dailies keeps', async () => {
    const note = join(folder(), 'note');
    set({
      'dailies.images.uploader': 'command',
      'dailies.images.command': [process.execPath, SCRIPT, `note=${note}`],
    });
    const dock = image('dock.png');
    assert.deepEqual(await prepare(veo(dock)), [veo('https://images.example.com/dock.png')]);
    assert.deepEqual(await prepare(veo(dock)), [veo('https://images.example.com/dock.png')]);
    assert.equal(said().length, 1);
    assert.ok(!memento.text().includes('note='));
  });

  it('that fail are reported, and those before them need not be uploaded again', async () => {
    const note = join(folder(), 'note');
    const command = [process.execPath, SCRIPT, `note=${note}`];
    set({ 'dailies.images.uploader': 'command', 'dailies.images.command': command });
    const [dock, sea] = [image('dock.png'), image('sea.png')];
    await prepare(veo(dock));
    await picgo.close();
    set({});
    assert.equal(await prepare(veo(dock), veo(sea)), undefined);
    assert.match(said().at(-1) ?? '', /^Nothing was sent\. Couldn't upload dock\.png\. Start PicGo/);
    assert.equal(await prepare(veo(join(folder(), 'none.png'))), undefined);
    assert.match(said().at(-1) ?? '', /^Nothing was sent\. The image .*none\.png doesn't exist\./);
    assert.ok(!log.lines.some(line => line.includes('images.example.com')));
  });

  it('are no longer uploaded once a person has cancelled it', async () => {
    picgo.reply('silence');
    Object.assign(globalThis.fakePerson, { progress: 'cancelled' });
    assert.equal(await prepare(veo(image('dock.png'))), undefined);
    assert.equal(said().length, 1, 'a person who cancels is told nothing');
    picgo.reply(undefined);
    Object.assign(globalThis.fakePerson, { progress: true });
    assert.ok(await prepare(veo(image('dock.png'))));
  });
});
