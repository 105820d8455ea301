import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { eventually } from '../../vscode/wait.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { isFromSheet } from '../../../src/preview/sheetProtocol.ts';
import { useSheetPage, VIEW, type SheetPage } from './sheetPage.ts';

fakeVscode();
const { sheetWords } = await import('../../../src/preview/sheetWords.ts');
const words = { ...sheetWords(), count: '{0} clips' };

/** Six columns; three rows and a part of a fourth are in view, and two more on each side exist. */
const COLUMNS = 6;
const MOST_TILES = COLUMNS * (5 + 2 * 2);

describe('the contact sheet', () => {
  const current = useSheetPage();

  async function openWith(count: number): Promise<SheetPage> {
    const sheet = current();
    await sheet.open(words);
    await sheet.show(sheet.clips(count));
    await sheet.page.waitForFunction(() => document.activeElement?.role === 'grid');
    return sheet;
  }

  /** The first clip in view, once that is not the first of all. A view that was moved is empty until its tiles are drawn. */
  async function firstOfOthers(sheet: SheetPage): Promise<string> {
    return eventually(async () => {
      const [name] = await sheet.namesInView();
      assert.ok(name !== undefined && name !== 'clip 1');
      return name;
    });
  }

  it('has tiles for what is in view and little more, of 1,000 clips, from the first to the last', async () => {
    const sheet = await openWith(1_000);
    const height = await sheet.grid.evaluate(grid => grid.scrollHeight);
    for (const top of [0, height / 3, height / 2, height]) {
      await sheet.scrollTo(top);
      await eventually(async () => {
        assert.ok((await sheet.namesInView()).length > 2 * COLUMNS);
        assert.equal(await sheet.page.locator('.tile:not(:has(canvas))').count(), 0);
      });
      const count = await sheet.tiles.count();
      assert.ok(count <= MOST_TILES, `${count} tiles at ${top}`);
    }
    assert.equal((await sheet.namesInView()).at(-1), 'clip 1000');
    assert.equal(await sheet.grid.getAttribute('aria-rowcount'), '167');
    assert.equal(await sheet.tile(1_000).locator('..').getAttribute('aria-rowindex'), '167');
  });

  it('takes frames of what is in view only, two at a time, and none of what was scrolled away', async () => {
    const sheet = current();
    await sheet.open(words);
    let asked = 0;
    const gate = Promise.withResolvers<undefined>();
    await sheet.page.route('**/clips/**', async route => {
      asked++;
      await gate.promise;
      // What was called off meanwhile cannot go on.
      await route.continue().catch(() => undefined);
    });
    await sheet.show(sheet.clips(1_000));
    await eventually(() => {
      assert.equal(asked, 2);
    });
    // All that are begun are begun at once.
    await sheet.page.evaluate(async () => new Promise(requestAnimationFrame));
    assert.equal(asked, 2);
    await sheet.scrollTo(10_000);
    await firstOfOthers(sheet);
    gate.resolve(undefined);
    await eventually(async () => {
      assert.equal(await sheet.page.locator('.tile:not(:has(canvas))').count(), 0);
    });
    const sources = new Set(sheet.requests.filter(url => url.includes('/clips/')));
    assert.ok(sources.size <= MOST_TILES + 4, `${sources.size} clips were asked for`);
  });

  it('picks and rejects the selected clips, or the active one, by keys and by its bar, and shows it', async () => {
    const sheet = await openWith(3);
    await sheet.show([
      sheet.clip(1, { can: 'task saved picked rejectable' }),
      sheet.clip(2, { can: 'task saved pickable rejectable' }),
      sheet.clip(3, { can: 'task saved pickable rejected' }),
    ]);
    await sheet.tile(1).getByRole('img', { name: words.picked }).waitFor();
    await sheet.tile(3).getByRole('img', { name: words.rejected }).waitFor();
    const sent = (): unknown[] =>
      sheet.received.flatMap(one => (one.type === 'take' ? [`${one.verb} ${one.keys.join(' ')}`] : []));
    for (const key of ['Home', 'p', 'ArrowRight', 'p', 'n', 'ArrowRight', 'r']) {
      await sheet.page.keyboard.press(key);
    }
    await sheet.page.keyboard.press('Control+a');
    await sheet.page.keyboard.press('p');
    await sheet.page.getByRole('button', { name: words.pick, exact: true }).click();
    await sheet.show([1, 2, 3].map(key => sheet.clip(key, { can: 'task saved picked rejectable' })));
    await sheet.page.getByRole('button', { name: words.unpick, exact: true }).click();
    await eventually(() => {
      assert.deepEqual(sent(), [
        'unpick 1',
        'pick 2',
        'note 2',
        'unreject 3',
        'pick 1 2 3',
        'pick 1 2 3',
        'unpick 1 2 3',
      ]);
    });
    await sheet.show([sheet.clip(1, { can: 'task saved' })]);
    await sheet.page.keyboard.press('p');
    await sheet.page.keyboard.press('Escape');
    assert.equal(sent().length, 7);
  });

  it('has headings above the clips of each shot, which keys pass over in their columns, and a screen reader knows', async () => {
    const sheet = current();
    await sheet.open(words, { ...VIEW, sort: 'shot' });
    await sheet.show(sheet.clips(12), {
      headings: [
        { at: 0, title: 'Ferry', note: '8 takes · 1 picked' },
        { at: 8, title: 'Cranes', note: '3 takes' },
        { at: 11, title: 'No Shot', note: '' },
      ],
    });
    await eventually(async () => {
      assert.deepEqual(await sheet.page.getByRole('rowheader').allInnerTexts(), [
        'Ferry\n8 takes · 1 picked',
        'Cranes\n3 takes',
        'No Shot',
      ]);
    });
    assert.deepEqual(
      [
        await sheet.grid.getAttribute('aria-rowcount'),
        await sheet.tile(9).locator('..').getAttribute('aria-rowindex'),
        await sheet.tile(9).evaluate(tile => tile.ariaDescription),
        await sheet.page.getByRole('rowheader').first().getAttribute('aria-colspan'),
      ],
      ['7', '5', 'Cranes', String(COLUMNS)],
    );
    const way: [key: string, name: string][] = [
      ['Home', 'clip 1'],
      ['ArrowRight', 'clip 2'],
      ['ArrowDown', 'clip 8'],
      ['ArrowDown', 'clip 10'],
      ['ArrowDown', 'clip 12'],
      ['ArrowDown', 'clip 12'],
      ['ArrowUp', 'clip 9'],
      ['ArrowLeft', 'clip 8'],
      ['PageUp', 'clip 2'],
      ['PageDown', 'clip 12'],
      ['End', 'clip 12'],
    ];
    for (const [key, name] of way) {
      await sheet.page.keyboard.press(key);
      assert.equal(await sheet.activeName(), name, key);
    }
    await sheet.page.keyboard.press('Home');
    const top = await sheet.grid.evaluate(grid => grid.scrollTop);
    assert.equal(top, 0);
  });

  it('has headings and tiles of what is in view and little more, of 1,000 clips of 200 shots', async () => {
    const sheet = current();
    await sheet.open(words, { ...VIEW, sort: 'shot' });
    await sheet.show(sheet.clips(1_000), {
      headings: Array.from({ length: 200 }, (_one, index) => ({
        at: index * 5,
        title: `Shot ${index + 1}`,
        note: '5 takes',
      })),
    });
    await eventually(async () => {
      assert.ok((await sheet.namesInView()).length >= 5);
    });
    const height = await sheet.grid.evaluate(grid => grid.scrollHeight);
    for (const top of [0, height / 3, height]) {
      await sheet.scrollTo(top);
      await eventually(async () => {
        assert.ok((await sheet.namesInView()).length >= 5);
      });
      const counts = [await sheet.tiles.count(), await sheet.page.getByRole('rowheader').count()];
      assert.ok((counts[0] ?? 0) <= MOST_TILES && (counts[1] ?? 0) <= 9, `${counts.join(' and ')} at ${top}`);
    }
    await sheet.page.keyboard.press('End');
    assert.equal(await sheet.activeName(), 'clip 1000');
  });

  it('shows the first frame of each clip', async () => {
    const sheet = await openWith(2);
    await sheet.show([
      sheet.clip(1, { source: sheet.source('silent') }),
      sheet.clip(2, { source: sheet.source('portrait') }),
    ]);
    await sheet.tile(2).locator('canvas').waitFor();
    const size = (key: number): Promise<number[]> =>
      sheet
        .tile(key)
        .locator('canvas')
        .evaluate(canvas => {
          const { width, height } = canvas as HTMLCanvasElement;
          return [width, height];
        });
    assert.deepEqual(
      [await size(1), await size(2)],
      [
        [360, 203],
        [203, 360],
      ],
    );
  });

  it('sends a thumbnail of the first frame of each clip of which none is kept yet', async () => {
    const sheet = await openWith(2);
    await sheet.show([
      sheet.clip(1),
      sheet.clip(2, { source: sheet.source('portrait'), wantsThumbnail: true }),
      sheet.clip(3),
    ]);
    const { key, jpeg } = await sheet.receive('thumbnail');
    assert.equal(key, 2);
    const bytes = Uint8Array.from(jpeg);
    assert.equal(isFromSheet({ type: 'thumbnail', key, jpeg: bytes }), true, `${bytes.length} bytes`);
    const size = await sheet.page.evaluate(async content => {
      const { width, height } = await createImageBitmap(new Blob([new Uint8Array(content)]));
      return [width, height];
    }, Array.from(bytes));
    assert.deepEqual(size, [180, 320]);
    await sheet.tile(3).locator('canvas').waitFor();
    assert.equal(sheet.received.filter(({ type }) => type === 'thumbnail').length, 1);
  });

  it('is gone through with the keyboard', async () => {
    const sheet = await openWith(100);
    const goes = async (key: string, name: string): Promise<void> => {
      await sheet.page.keyboard.press(key);
      assert.equal(await sheet.activeName(), name, key);
      assert.ok((await sheet.namesInView()).includes(name), `${name} is in view`);
    };
    await goes('ArrowLeft', 'clip 1');
    await goes('ArrowRight', 'clip 2');
    await goes('ArrowDown', 'clip 8');
    await goes('ArrowUp', 'clip 2');
    await goes('ArrowUp', 'clip 2');
    await goes('PageDown', 'clip 20');
    await goes('PageUp', 'clip 2');
    await goes('PageUp', 'clip 2');
    await goes('End', 'clip 100');
    await goes('ArrowDown', 'clip 100');
    await goes('ArrowUp', 'clip 94');
    await goes('ArrowDown', 'clip 100');
    await goes('PageDown', 'clip 100');
    await goes('Home', 'clip 1');
    await sheet.page.keyboard.press('ArrowRight');
    await sheet.page.keyboard.press('Enter');
    assert.deepEqual(await sheet.receive('open'), { type: 'open', key: 2 });
  });

  it('selects with the pointer as VS Code’s lists do, and still opens on a plain click', async () => {
    const sheet = await openWith(20);
    await sheet.tile(3).click({ modifiers: ['ControlOrMeta'] });
    await sheet.tile(5).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual(await sheet.selected(), [3, 5]);
    await sheet.tile(8).click({ modifiers: ['Shift'] });
    assert.deepEqual(await sheet.selected(), [3, 5, 6, 7, 8]);
    // Another end of the same range takes the place of the first.
    await sheet.tile(4).click({ modifiers: ['Shift'] });
    assert.deepEqual(await sheet.selected(), [3, 4, 5]);
    await sheet.tile(3).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual(await sheet.selected(), [4, 5]);
    assert.deepEqual(await sheet.receive('select', true), { type: 'select', keys: [4, 5], active: 3 });
    assert.equal(sheet.received.filter(({ type }) => type === 'open').length, 0);
    await sheet.tile(9).click();
    assert.deepEqual(await sheet.receive('open'), { type: 'open', key: 9 });
    assert.deepEqual(await sheet.selected(), []);
  });

  it('selects with the keyboard alone', async () => {
    const sheet = await openWith(20);
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) {
        await sheet.page.keyboard.press(key);
      }
    };
    assert.equal(await sheet.grid.getAttribute('aria-multiselectable'), 'true');
    await press('ArrowRight', ' ', 'ArrowRight', 'ArrowRight', 'Control+ ');
    assert.deepEqual(await sheet.selected(), [2, 4]);
    await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowLeft');
    assert.deepEqual(await sheet.selected(), [2, 4, 5]);
    await press('ArrowDown', 'Shift+ArrowUp');
    assert.deepEqual(await sheet.selected(), [2, 4, 5, 6, 7, 8, 9, 10, 11]);
    await press('ControlOrMeta+a');
    assert.equal((await sheet.selected()).length, 20);
    await press('Escape');
    assert.deepEqual(await sheet.selected(), []);
    assert.equal(await sheet.activeName(), 'clip 5');
    await press('Enter');
    assert.deepEqual(await sheet.receive('open'), { type: 'open', key: 5 });
  });

  it('says what can be done with what is selected, and why it cannot be compared', async () => {
    const sheet = await openWith(6);
    await sheet.show([...sheet.clips(6), sheet.lost(7)]);
    const compare = sheet.page.getByRole('button', { name: words.compare });
    const said = sheet.page.getByRole('status').filter({ hasText: '已选' });
    const choose = async (...keys: number[]): Promise<void> => {
      for (const key of keys) {
        await sheet.tile(key).click({ modifiers: ['ControlOrMeta'] });
      }
    };
    assert.equal(await compare.isVisible(), false);
    await choose(2);
    assert.equal(await said.innerText(), '已选 1 个');
    assert.deepEqual(
      [await compare.isDisabled(), await sheet.page.getByText(words.howMany).isVisible()],
      [true, true],
    );
    await choose(4);
    await compare.click();
    assert.deepEqual(await sheet.receive('compare'), { type: 'compare', keys: [2, 4] });
    await choose(7);
    assert.equal(await compare.isDisabled(), true);
    await sheet.page.getByRole('button', { name: words.saveAs }).click();
    assert.deepEqual(await sheet.receive('saveAs'), { type: 'saveAs', keys: [2, 4, 7] });
    await sheet.page.getByRole('button', { name: words.clearSelection }).click();
    assert.deepEqual(await sheet.selected(), []);
    assert.equal(await sheet.grid.evaluate(grid => grid === document.activeElement), true);
    assert.equal(await compare.isVisible(), false);
  });

  it('keeps what is selected when clips come and go', async () => {
    const sheet = await openWith(6);
    await sheet.tile(2).click({ modifiers: ['ControlOrMeta'] });
    await sheet.tile(4).click({ modifiers: ['ControlOrMeta'] });
    const clips = sheet.clips(6);
    await sheet.show([sheet.clip(9), ...clips]);
    assert.deepEqual(await sheet.selected(), [2, 4]);
    await sheet.show(clips.filter(({ key }) => key !== 4));
    assert.deepEqual(await sheet.selected(), [2]);
    await eventually(async () => {
      assert.deepEqual((await sheet.receive('select', true)).keys, [2]);
    });
  });

  it('hands over what its menu is about', async () => {
    const sheet = await openWith(6);
    const menuOf = async (key: number): Promise<unknown> => {
      await sheet.tile(key).click({ button: 'right' });
      return sheet.grid.evaluate(
        grid => JSON.parse((grid as HTMLElement).dataset.vscodeContext ?? 'null') as unknown,
      );
    };
    const about = (dailiesTasks: number[]): unknown => ({
      preventDefaultContextMenuItems: true,
      dailiesTasks,
      dailiesItem: 'task saved',
      dailiesMany: dailiesTasks.length > 1,
    });
    assert.deepEqual(await menuOf(2), about([2]));
    await sheet.tile(3).click({ modifiers: ['ControlOrMeta'] });
    await sheet.tile(5).click({ modifiers: ['ControlOrMeta'] });
    assert.deepEqual([await menuOf(5), await menuOf(2)], [about([5, 3]), about([2])]);
    assert.deepEqual(await sheet.selected(), [3, 5]);
    assert.equal(sheet.received.filter(({ type }) => type === 'open').length, 0);
  });

  it('plays a clip without audio while the pointer is on it, and stops when it leaves', async () => {
    const sheet = await openWith(12);
    const videos = sheet.page.locator('video');
    await sheet.tile(3).hover();
    await eventually(async () => {
      assert.deepEqual(
        await sheet
          .tile(3)
          .locator('video')
          .evaluate(one => {
            const { muted, paused, loop, currentTime } = one as HTMLVideoElement;
            return [muted, paused, loop, currentTime > 0];
          }),
        [true, false, true, true],
      );
    });
    await sheet.tile(4).hover();
    await sheet.tile(4).locator('video').waitFor();
    assert.equal(await videos.count(), 1);
    await sheet.page.getByRole('searchbox').hover();
    await videos.waitFor({ state: 'detached' });
  });

  it('plays the clip that the keys came to, and K stops it and starts it again, as in the player', async () => {
    const sheet = await openWith(12);
    await sheet.page.keyboard.press('ArrowRight');
    await sheet.tile(2).locator('video').waitFor();
    await sheet.page.keyboard.press('k');
    await sheet.page.locator('video').waitFor({ state: 'detached' });
    await sheet.page.keyboard.press('k');
    await sheet.tile(2).locator('video').waitFor();
    await sheet.page.keyboard.press('Shift+Tab');
    await sheet.page.locator('video').waitFor({ state: 'detached' });
  });

  it('plays nothing automatically for a person who prefers reduced motion', async () => {
    const sheet = await openWith(12);
    await sheet.page.evaluate(() => {
      document.body.classList.add('vscode-reduce-motion');
    });
    await sheet.page.keyboard.press('ArrowRight');
    await sheet.tile(2).hover();
    await sheet.page.waitForTimeout(500);
    assert.equal(await sheet.page.locator('video').count(), 0);
    await sheet.page.keyboard.press('k');
    await sheet.tile(2).locator('video').waitFor();
  });

  it('says which files are missing, and which have no thumbnail', async () => {
    const sheet = await openWith(3);
    await sheet.show([sheet.lost(1), sheet.clip(2, { source: sheet.source('nothing') }), sheet.clip(3)]);
    await sheet.page.getByRole('gridcell', { name: 'clip 1 File not found 2 h ago' }).waitFor();
    await sheet.page.getByRole('gridcell', { name: `clip 2 ${words.noThumbnail}` }).waitFor();
    assert.deepEqual(await sheet.receive('frameFailed'), {
      type: 'frameFailed',
      key: 2,
      reason: 'Error: HTTP 404',
    });
    await sheet.tile(3).locator('canvas').waitFor();
    assert.deepEqual(await sheet.page.locator('.note').allInnerTexts(), [
      'File not found',
      words.noThumbnail,
      'Grok',
    ]);
  });

  it('marks a clip that was not checked as its row in the list is, next to its thumbnail', async () => {
    const sheet = await openWith(1);
    const mark = { icon: 'pass', colour: 'charts.green', text: 'Saved, not checked' };
    await sheet.show([sheet.clip(1, { mark }), sheet.clip(2)]);
    await sheet.tile(1).locator('canvas').waitFor();
    await sheet.page.getByRole('gridcell', { name: 'clip 1 Saved, not checked 2 h ago' }).waitFor();
    assert.deepEqual(
      [
        await sheet.tile(1).locator('.note .codicon').count(),
        await sheet.tile(2).locator('.codicon').count(),
      ],
      [1, 0],
    );
  });

  it('says how long ago each clip became ready, and goes on playing when that changes', async () => {
    const sheet = await openWith(12);
    await sheet.page.getByRole('gridcell', { name: 'clip 3 Grok 2 h ago' }).waitFor();
    await sheet.tile(3).hover();
    const video = sheet.tile(3).locator('video');
    await video.waitFor();
    await video.evaluate(one => {
      one.id = 'the-same';
    });
    await sheet.send({ type: 'ages', ages: [[3, '3 h ago']] });
    await sheet.page.getByRole('gridcell', { name: 'clip 3 Grok 3 h ago' }).waitFor();
    await sheet.page.getByRole('gridcell', { name: 'clip 4 Veo 2 h ago' }).waitFor();
    assert.equal(await sheet.page.locator('#the-same').count(), 1);
    // Tiles that are made later have it, too.
    await sheet.page.setViewportSize({ width: 700, height: 640 });
    await sheet.page.locator('#the-same').waitFor({ state: 'detached' });
    await sheet.page.getByRole('gridcell', { name: 'clip 3 Grok 3 h ago' }).waitFor();
  });

  it('shows the prompt and the facts as a tooltip, as text and nothing else', async () => {
    const sheet = await openWith(1);
    const about = '<img src=x onerror=alert(1)>\nModel: veo';
    await sheet.show([sheet.clip(1, { name: '<b>bold</b>', about })]);
    assert.equal(await sheet.tile(1).getAttribute('title'), about);
    assert.equal(await sheet.tile(1).locator('.name').innerText(), '<b>bold</b>');
  });

  it('requests the clips of a model and with words in them, and all again where there are none', async () => {
    const sheet = await openWith(4);
    await sheet.page.getByRole('combobox', { name: words.model }).selectOption('veo');
    await sheet.page.getByRole('searchbox').fill('dunes at noon');
    await eventually(async () => {
      assert.deepEqual((await sheet.receive('view', true)).view, {
        size: 200,
        model: 'veo',
        text: 'dunes at noon',
      });
    });
    await sheet.show([sheet.clip(2)], { total: 4 });
    await sheet.page.getByRole('status').filter({ hasText: '1 / 4 clips' }).waitFor();
    await sheet.show([], { total: 4 });
    await sheet.page.getByText(words.noMatch).waitFor();
    await sheet.page.getByRole('button', { name: words.clearFilter }).click();
    await eventually(async () => {
      assert.deepEqual((await sheet.receive('view', true)).view, VIEW);
    });
    assert.equal(await sheet.page.getByRole('searchbox').inputValue(), '');
  });

  it('requests another order, which stays chosen', async () => {
    const sheet = await openWith(4);
    const sort = sheet.page.getByRole('combobox', { name: words.sort });
    assert.deepEqual(
      [await sort.inputValue(), await sort.locator('option').allInnerTexts()],
      ['list', Object.values(words.sorts)],
    );
    await sort.selectOption('duration');
    await eventually(async () => {
      assert.deepEqual((await sheet.receive('view', true)).view, { ...VIEW, sort: 'duration' });
    });
    await sheet.show(sheet.clips(4).reverse());
    assert.equal(await sort.inputValue(), 'duration');
    await sheet.page.reload();
    await sheet.begin(words, { ...VIEW, sort: 'name' });
    await sheet.show(sheet.clips(4));
    assert.equal(await sort.inputValue(), 'name');
  });

  it('can be ordered by keyboard alone, and its list stays open when clips come', async () => {
    const sheet = await openWith(4);
    const sort = sheet.page.getByRole('combobox', { name: words.sort });
    await sort.focus();
    await sheet.page.keyboard.press('Enter');
    const option = sheet.page.getByRole('option', { name: words.sorts.shot });
    await option.waitFor();
    await sheet.show(sheet.clips(5));
    await sheet.page.keyboard.press('ArrowDown');
    assert.equal(await option.evaluate(one => one === document.activeElement), true);
    await sheet.page.keyboard.press('Enter');
    await eventually(async () => {
      assert.equal((await sheet.receive('view', true)).view.sort, 'shot');
    });
    assert.equal(await sort.evaluate(one => one === document.activeElement), true);
  });

  it('makes tiles as wide as the slider says, keeps it, and keeps in view what was there', async () => {
    const sheet = await openWith(600);
    await sheet.scrollTo(4_000);
    const first = await firstOfOthers(sheet);
    await sheet.page.getByRole('slider').fill('320');
    await eventually(async () => {
      assert.equal((await sheet.receive('view', true)).view.size, 320);
      assert.ok((await sheet.namesInView()).includes(first));
    });
    const box = await sheet.tiles.first().boundingBox();
    assert.ok(box && box.width >= 320, String(box?.width));
  });

  it('makes tiles smaller and larger by a step with buttons, which end where the sizes do', async () => {
    const sheet = await openWith(20);
    const smaller = sheet.page.getByRole('button', { name: words.smaller });
    const larger = sheet.page.getByRole('button', { name: words.larger });
    const untilSize = async (size: number): Promise<void> =>
      eventually(async () => {
        assert.equal((await sheet.receive('view', true)).view.size, size);
      });
    await larger.click();
    await untilSize(220);
    assert.equal(await sheet.page.getByRole('slider').inputValue(), '220');
    await smaller.click();
    await untilSize(200);
    await sheet.page.getByRole('slider').fill('120');
    assert.deepEqual([await smaller.isDisabled(), await larger.isDisabled()], [true, false]);
    await sheet.page.getByRole('slider').fill('360');
    assert.deepEqual([await smaller.isDisabled(), await larger.isDisabled()], [false, true]);
    await smaller.click();
    await untilSize(340);
  });

  it('leaves the focus on a button that has come to its end', async () => {
    const sheet = await openWith(20);
    const smaller = sheet.page.getByRole('button', { name: words.smaller });
    const size = async (): Promise<string> => sheet.page.getByRole('slider').inputValue();
    await smaller.focus();
    for (let step = 0; step < 6; step++) {
      await sheet.page.keyboard.press('Enter');
    }
    assert.deepEqual([await size(), await smaller.isDisabled()], ['120', true]);
    assert.equal(await smaller.evaluate(one => one === document.activeElement), true);
    await sheet.page.keyboard.press('Shift+Tab');
    await sheet.page.keyboard.press('Tab');
    assert.equal(await smaller.evaluate(one => one === document.activeElement), true);
  });

  it('has all of its toolbar in two rows on a page of 320 pixels, and no words cut off', async () => {
    const sheet = await openWith(1_000);
    await sheet.page.setViewportSize({ width: 320, height: 640 });
    const boxes = await sheet.page
      .locator('.toolbar :is(input[type=search], .count, select, button)')
      .evaluateAll(parts =>
        parts.map(part => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          return {
            row: Math.round((top + bottom) / 2),
            isWhole: left >= 0 && right <= 320 && part.scrollWidth <= part.clientWidth + 1,
          };
        }),
      );
    assert.deepEqual(
      [boxes.length, new Set(boxes.map(({ row }) => row)).size, boxes.every(({ isWhole }) => isWhole)],
      [6, 2, true],
      JSON.stringify(boxes),
    );
    assert.equal(await sheet.page.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  it('takes up what was kept, and stands where it stood when it comes back', async () => {
    const sheet = await openWith(600);
    await sheet.page.keyboard.press('End');
    await sheet.page.keyboard.press('PageUp');
    const name = await sheet.activeName();
    const before = await sheet.namesInView();
    await eventually(async () => {
      assert.ok(await sheet.page.evaluate(() => sessionStorage.getItem('state')?.includes('"first":')));
    });
    sheet.received.length = 0;
    await sheet.page.reload();
    await sheet.begin(words, { size: 200, model: 'veo', text: 'rain' });
    await sheet.show(sheet.clips(600), { total: 700, models: [['veo', 'Veo']] });
    await eventually(async () => {
      assert.equal(await sheet.activeName(), name);
    });
    assert.equal(
      (await sheet.namesInView()).some(one => before.includes(one)),
      true,
    );
    assert.equal(await sheet.page.getByRole('searchbox').inputValue(), 'rain');
    assert.equal(await sheet.page.getByRole('combobox', { name: words.model }).inputValue(), 'veo');
  });

  it('keeps the active clip and the view when clips come before them', async () => {
    const sheet = await openWith(300);
    const clips = sheet.clips(301);
    await sheet.show(clips.slice(1));
    await sheet.page.keyboard.press('End');
    await sheet.page.keyboard.press('Home');
    assert.equal(await sheet.activeName(), 'clip 2');
    await sheet.show(clips);
    await sheet.tile(1).waitFor();
    assert.equal(await sheet.activeName(), 'clip 2');
    assert.equal((await sheet.namesInView())[0], 'clip 1');
    await sheet.scrollTo(3_000);
    const first = await firstOfOthers(sheet);
    await sheet.show([sheet.clip(900), ...clips]);
    await eventually(async () => {
      assert.ok((await sheet.namesInView()).includes(first));
    });
  });

  it('says what to do where there is no clip yet', async () => {
    const sheet = current();
    await sheet.open(words);
    await sheet.show([]);
    await sheet.page.getByText(words.noClips).waitFor();
    assert.equal(await sheet.page.getByRole('searchbox').isVisible(), false);
    await sheet.page.getByRole('button', { name: words.track }).click();
    await sheet.receive('track');
    await sheet.show(sheet.clips(1));
    await sheet.tile(1).locator('canvas').waitFor();
  });

  it('loads nothing from anywhere but its own origin', async () => {
    const sheet = await openWith(20);
    await sheet.tile(5).hover();
    await sheet.tile(5).locator('video').waitFor();
    assert.deepEqual(
      sheet.requests.filter(url => !/^(blob:)?http:\/\/127\.0\.0\.1:/.test(url)),
      [],
    );
  });

  it('is accessible', async () => {
    const sheet = await openWith(40);
    await sheet.show([sheet.lost(50), ...sheet.clips(40)]);
    await sheet.page.keyboard.press('ArrowRight');
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await sheet.page.evaluate(`${source}; 0`);
    const found = await sheet.page.evaluate<axe.AxeResults>('axe.run()');
    assert.ok(found.passes.length > 10);
    assert.deepEqual(
      found.violations
        .filter(one => one.impact === 'serious' || one.impact === 'critical')
        .map(one => [one.id, one.nodes.map(node => node.html)]),
      [],
    );
  });
});
