import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { HOUR } from '../../../src/base/clock.ts';
import { spendingHtml } from '../../../src/preview/html.ts';
import {
  isFromSpending,
  SPENDING_AT_FIRST,
  type FromSpending,
  type SpendingView,
  type ToSpending,
} from '../../../src/preview/spendingProtocol.ts';
import type { MadeVideo } from '../../../src/making/madeVideos.ts';
import { aMadeVideo, NOON } from '../builders.ts';
import { fakeVscode } from '../views/fakeVscode.ts';
import { BrowserPage, usePage } from './browserPage.ts';

fakeVscode();
const { spendingContent, spendingWords } = await import('../../../src/commands/spendingContent.ts');

const DAY = 24 * HOUR;
const GATEWAY = 'https://gateway.example/relay';

const videos = Array.from({ length: 40 }, (_, index): MadeVideo =>
  aMadeVideo({
    at: NOON - (index % 20) * DAY,
    gateway: GATEWAY,
    model: index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast',
    workspace: 'film',
    outcome: index % 9 === 0 ? 'failed' : 'delivered',
    amount: index % 7 === 0 ? null : 0.5,
    isPicked: index % 5 === 0,
    wait: 60 + index,
  }),
);

class SpendingPage extends BrowserPage<FromSpending, ToSpending> {
  async open(shown: readonly MadeVideo[], view: SpendingView = SPENDING_AT_FIRST): Promise<void> {
    await this.load();
    await this.send({ type: 'start', words: spendingWords() });
    await this.show(shown, view);
  }

  async show(shown: readonly MadeVideo[], view: SpendingView): Promise<void> {
    await this.send({ type: 'content', content: spendingContent(shown, view, GATEWAY, NOON) });
  }

  async assertAccessible(): Promise<void> {
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await this.page.evaluate(`${source}; 0`);
    const found = await this.page.evaluate<axe.AxeResults>('axe.run()');
    assert.ok(found.passes.length > 10);
    assert.deepEqual(
      found.violations
        .filter(one => one.impact === 'serious' || one.impact === 'critical')
        .map(one => [one.id, one.nodes.map(node => node.html)]),
      [],
    );
  }
}

describe('the page of spending', () => {
  const spending = usePage(spendingHtml, (page, origin) => new SpendingPage(page, origin));
  const words = spendingWords();

  it('draws a bar for each model and day, with a table that says the same, for everyone', async () => {
    await spending().open(videos);
    const bars = spending().page.locator('.ct-bar');
    await bars.first().waitFor({ state: 'attached' });
    assert.equal(await spending().page.locator('.chart .ct-series').count(), 2);
    assert.equal(await bars.count(), 60);
    await spending().page.getByText(words.showTable).click();
    const rows = spending().page.getByRole('table', { name: words.byDay }).getByRole('row');
    assert.equal(await rows.count(), 31);
    assert.deepEqual(await rows.last().getByRole('cell').allInnerTexts(), ['0.50', '2', '1', '0.50', '–']);
    assert.equal(await spending().page.getByRole('table').count(), 4);
    await spending().assertAccessible();
  });

  it('is used by keys: range, model and folder are lists, and the CSV is a button', async () => {
    await spending().open(videos);
    const { page } = spending();
    await page.keyboard.press('Tab');
    assert.equal(
      await page.evaluate(() => document.activeElement?.parentElement?.innerText.split('\n')[0]),
      words.range,
    );
    await page.getByRole('combobox', { name: words.range }).selectOption('7');
    assert.deepEqual((await spending().receive('view')).view, {
      days: 7,
      gateway: GATEWAY,
      model: null,
      workspace: null,
    });
    await page.getByRole('combobox', { name: words.model }).selectOption('grok_video3');
    assert.equal((await spending().receive('view', true)).view.model, 'grok_video3');
    // The first choice is not lost, though its figures have not come yet.
    assert.equal((await spending().receive('view', true)).view.days, 7);
    await page.getByRole('button', { name: words.csv }).press('Enter');
    await spending().receive('csv');
  });

  it('says so where there is nothing, and where no amount is known', async () => {
    await spending().open([]);
    await spending().page.getByText(words.empty).waitFor();
    await spending().assertAccessible();
    assert.equal(await spending().page.getByText(words.byDay, { exact: true }).isVisible(), false);
    const csv = spending().page.getByRole('button', { name: words.csv });
    assert.equal(await csv.getAttribute('aria-disabled'), 'true');
    await spending().show(
      videos.map(video => ({ ...video, amount: null })),
      SPENDING_AT_FIRST,
    );
    await spending().page.getByText(words.nothingPriced).waitFor();
  });

  it('needs no more than 320 pixels', async () => {
    await spending().page.setViewportSize({ width: 320, height: 640 });
    await spending().open(videos);
    await spending().page.locator('.ct-bar').first().waitFor({ state: 'attached' });
    await spending().page.getByText(words.showTable).click();
    assert.ok(await spending().page.evaluate(() => document.documentElement.scrollWidth <= 320));
    await spending().assertAccessible();
  });
});

describe('a message of the page of spending', () => {
  it('is checked', () => {
    assert.ok(isFromSpending({ type: 'view', view: SPENDING_AT_FIRST }));
    for (const wrong of [
      null,
      {},
      { type: 'view' },
      { type: 'view', view: { ...SPENDING_AT_FIRST, days: 2 } },
    ]) {
      assert.ok(!isFromSpending(wrong), JSON.stringify(wrong));
    }
  });
});
