import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { midnight } from '../../src/base/days.ts';
import type { TaskStore } from '../../src/store/store.ts';
import { startGateway } from '../gateway/gateway.ts';
import { aNewIntent } from '../unit/builders.ts';
import {
  eventually,
  openWindow,
  waitUntil,
  workbench,
  type RemoteWorkbench,
} from '../vscode/bridgeClient.ts';
import { assertAccessible, inThemes, useThemes } from './accessibility.ts';
import { asAnotherWindow, cast, type Role } from './cast.ts';
import { enterKey, setting, track, useStage, VIEW } from './stage.ts';

const TITLE = 'Spending';

/** The page as text: its choices but the gateway's, its tiles, and each table, a line for each row. */
const PAGE = `[
  [...document.querySelectorAll('select')].filter(one => one.parentElement.firstChild.textContent !== 'Gateway')
    .map(one => one.selectedOptions[0].text).join(' | '),
  ...[...document.querySelectorAll('.tiles > div')].map(one => one.innerText.replaceAll('\\n', ' ')),
  ...[...document.querySelectorAll('.tables table')].filter(one => one.checkVisibility()).map(table =>
    [table.ariaLabel, ...[...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.innerText).join(' ')),
  ].join(': ')),
].join('\\n')`;

/** The heights of the bars of each model, by the days of the chart. */
const BARS = `[...document.querySelectorAll('.chart .ct-series')].map(series =>
  [...series.querySelectorAll('.ct-bar')].map(bar => Number(bar.getAttribute('ct:value'))))`;

/** The cells of the table beside the chart, without those of the head. */
const DAYS = `[...document.querySelector('details table').tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))`;

describe('the page of spending in a window', () => {
  const window = workbench();

  afterEach(async () => {
    for (const name of ['currency', 'create.confirm', 'prices']) {
      await setting(name, undefined);
    }
    // What a person has chosen is kept for good.
    if ((await window.tabs()).some(({ title }) => title === TITLE)) {
      await choose('Range', '30');
      await choose('Model', '*');
      await choose('Workspace Folder', '*');
    }
  });

  const stage = useStage();

  useThemes();

  const text = async (where: RemoteWorkbench = window): Promise<string> =>
    String(await where.evaluateInWebview(PAGE, TITLE));

  async function untilPage(expected: string, where: RemoteWorkbench = window): Promise<void> {
    await waitUntil(
      `the page to read\n${expected}\n`,
      async () => (await text(where)) === expected || undefined,
      () => text(where),
    );
  }

  async function untilSays(pattern: RegExp): Promise<void> {
    await waitUntil(
      `the page to say ${pattern.source}`,
      async () => pattern.test(await text()) || undefined,
      () => text(),
    );
  }

  /** Goes to a list by keys. */
  async function goTo(name: string): Promise<void> {
    await waitUntil(`the focus to be at ${name}`, async () => {
      await window.pressKey('Tab');
      const focused = `document.activeElement.parentElement?.innerText.split('\\n')[0]`;
      return (await window.evaluateInWebview(focused, TITLE)) === name || undefined;
    });
  }

  /** Chooses as a page does; what a person does is in a test of its own. */
  async function choose(name: string, value: string): Promise<void> {
    await window.evaluateInWebview(
      `(list => { list.value = ${JSON.stringify(value)}; list.dispatchEvent(new Event('change')); })(
        [...document.querySelectorAll('label')].find(one => one.firstChild.innerText === ${JSON.stringify(name)}).lastChild)`,
      TITLE,
    );
  }

  async function open(): Promise<void> {
    await window.runCommand('Dailies: Show Spending');
    await waitUntil(
      'the page',
      async () => (await text()).includes('Cost per Picked Second') || undefined,
      () => text(),
    );
  }

  const today = midnight(Date.now());

  /** A video that was charged, so many days ago. */
  function video(id: string, daysAgo: number, amount: number | null, facts: Partial<Role> = {}): Role {
    // Never yesterday's, also right after midnight.
    const at =
      daysAgo === 0
        ? Math.max(today, Date.now() - 10 * MINUTE)
        : new Date(today).setHours(-24 * daysAgo + 12);
    return {
      id: `vgen_${id}`,
      hoursAgo: (Date.now() - at - 3 * MINUTE) / HOUR,
      model: 'veo_3_1_fast',
      generation: 'completed',
      file: 'missing',
      filePath: '/no/clip.mp4',
      fileDuration: 8,
      createdAt: at,
      completedSeenAt: at + 2 * MINUTE,
      amount,
      ...facts,
    };
  }

  /** One that may have been made: no clear response came. */
  function mayHaveBeenMade(store: TaskStore): void {
    store.intents.add(
      [aNewIntent({ gateway: stage().gateway.baseUrl, estimate: 0.75, estimateSource: 'table' })],
      Date.now(),
    );
    const intent = store.intents.claim(Date.now(), MINUTE);
    assert.equal(intent?.gateway, stage().gateway.baseUrl);
    const unknown = { state: 'unknown', problem: 'timeout', problemText: null, response: null } as const;
    store.intents.settle(intent.id, { ...unknown, taskId: null }, Date.now());
  }

  function layVideos(): number[] {
    return cast(
      stage(),
      [
        video('picked', 0, 0.5, { verdict: 'picked', shotFile: 'film/a.shot.md', shot: 'Ferry' }),
        video('lost', 0, 1, { file: 'expired', filePath: null }),
        video('grok', 3, 2, { model: 'grok_video3', fileDuration: 10, label: '=1+1' }),
        video('unpriced', 3, null, { label: '渡轮, "清晨"' }),
        video('failed', 10, null, { generation: 'failed', file: 'none', completedSeenAt: null }),
        video('silent', 10, null, { generation: 'stalled', file: 'none', completedSeenAt: null }),
        video('old', 60, 4, { model: 'grok_video3' }),
      ],
      mayHaveBeenMade,
    );
  }

  const MONTH = [
    'Last 30 days | All | All',
    'Today ¥2.25 3 videos · ¥0.75 estimated',
    'Last 7 days ¥4.25 5 videos · 1 not priced · ¥0.75 estimated',
    'Last 30 days ¥4.25 7 videos · 3 not priced · ¥0.75 estimated',
    'Cost per Picked Second ¥0.5313 8 s picked, including the cost of all takes',
    'By Model: Veo 3.1 Fast 6 3 ¥2.25: Grok Video 3 1 – ¥2.00',
    'Outcomes: Delivered 3 1 ¥2.50: Failed 1 1 –: Unknown 2 1 ¥0.75: Lost 1 – ¥1.00',
    'Waiting Time: Veo 3.1 Fast 3 120 s 120 s to 120 s: Grok Video 3 1 120 s 120 s to 120 s',
  ].join('\n');

  it('shows by day and model what videos of each outcome have cost, in a chart and in tables that agree', async () => {
    await setting('currency', '¥');
    layVideos();
    await window.runCommand('Dailies: Show Spending');
    await untilPage(MONTH);
    const bars = (await window.evaluateInWebview(BARS, TITLE)) as number[][];
    const days = (await window.evaluateInWebview(DAYS, TITLE)) as string[][];
    assert.deepEqual([bars.length, days.length], [2, 30]);
    const amountIn = (cell = ''): number => Number(/¥([\d.]+)/.exec(cell)?.[1] ?? 0);
    assert.deepEqual(
      bars,
      [4, 5].map(column => days.map(cells => amountIn(cells[column]))),
    );
    assert.deepEqual(
      days.filter(([, , videos]) => videos !== '–').map(cells => cells.slice(1)),
      [
        ['–', '2', '2', '–', '–'],
        ['¥2.00', '2', '1', '–', '¥2.00'],
        ['¥2.25', '3', '–', '¥2.25', '–'],
      ],
    );
    assert.equal(days.at(-1)?.[0], new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(today));
    await window.screenshot('spending.png');
    // Another sign means no other amount.
    await setting('currency', 'USD');
    await untilPage(MONTH.replaceAll(/¥([\d.]+\d)/g, '$1 USD'));
    await window.runCommand('Dailies: Show Spending');
    assert.equal((await window.tabs()).length, 1);
  });

  it('is used by keys alone: range, model and folder, and the videos as CSV', async () => {
    layVideos();
    await open();
    await window.clickInWebview('h1', TITLE);
    await goTo('Range');
    await window.pressKey('ArrowDown');
    await untilSays(/^Last 90 days \| All \| All\n[^]*By Model: Grok Video 3 2 – 6\.00: Veo/);
    await goTo('Model');
    await window.pressKey('ArrowDown');
    await untilSays(/^Last 90 days \| Grok Video 3 \| All\nToday 0 0 videos\nLast 7 days 2 1 video\n/);
    await window.pressKey('ArrowDown');
    await untilSays(/^Last 90 days \| Veo 3\.1 Fast \| All\n/);
    await window.pressKey('Tab');
    await window.pressKey('ArrowDown');
    await untilSays(/^Last 90 days \| Veo 3\.1 Fast \| Unassigned\n/);
    await window.pressKey('ArrowDown');
    await untilSays(/^Last 90 days \| Veo 3\.1 Fast \| film\nToday 0\.5 1 video\n/);
    await window.pressKey('ArrowUp');
    await window.pressKey('ArrowUp');
    await untilSays(/^Last 90 days \| Veo 3\.1 Fast \| All\n/);
    await window.pressKey('Shift+Tab');
    await window.pressKey('ArrowUp');
    await window.pressKey('ArrowUp');
    await untilSays(/^Last 90 days \| All \| All\n/);
    await window.pressKey('Tab');
    await window.pressKey('Tab');
    await window.pressKey('Enter');
    const file = join(stage().clips, 'spending.csv');
    await window.quickInput('Save as CSV');
    await waitUntil('the dialog to stand', async () => {
      const { isBusy, value } = await window.quickInput('Save as CSV');
      if (!isBusy && value !== file) {
        await window.typeQuickInput(file);
      }
      return (!isBusy && value === file) || undefined;
    });
    await window.acceptFileDialog('Save as CSV');
    await window.waitForNotification('Videos saved as CSV: 8.');
    const csv = readFileSync(file, 'utf8');
    assert.match(csv, /^\uFEFFday,started,gateway,task_id,name,/);
    const lines = csv.trimEnd().split('\r\n').slice(1);
    assert.deepEqual(
      lines.map(line => line.slice(0, 10)),
      [60, 10, 10, 3, 3, 0, 0, 0].map(daysAgo => dayOf(new Date(today).setHours(-24 * daysAgo + 12))),
    );
    const { baseUrl } = stage().gateway;
    const has = (part: string): boolean => lines.some(line => line.includes(`,${baseUrl},${part}`));
    assert.ok(has(`vgen_grok,'=1+1,grok_video3,,delivered,2,charged,10,no,120`), csv);
    assert.ok(has(`vgen_unpriced,"渡轮, ""清晨""",veo_3_1_fast,,delivered,,,8,no,120`), csv);
    assert.ok(has(`vgen_picked,,veo_3_1_fast,film,delivered,0.5,charged,8,yes,120`), csv);
    assert.ok(has(`,,veo_3_1_fast,,unknown,0.75,estimated,,no,`), csv);
    assert.ok(has(`vgen_lost,,veo_3_1_fast,,lost,1,`) && has(`vgen_failed,,veo_3_1_fast,,failed,,`), csv);
  });

  it('says one figure of today with the status bar and the confirmation, follows a task, and keeps what is removed', async () => {
    const { gateway } = stage();
    await setting('currency', '¥');
    await setting('prices', { grok_video3: { call: 3 } });
    await enterKey(window);
    await open();
    await untilSays(/^Last 30 days \| All \| All\nToday ¥0 0 videos\n/);
    assert.match(
      String(await window.evaluateInWebview('document.body.innerText', TITLE)),
      /No videos in this range\./,
    );
    const slow = {
      model: 'veo_3_1_fast',
      queuedS: 0,
      processingS: 100_000,
      amount: 0.72,
      clip: 'tone',
    } as const;
    await track(window, gateway.addTask(slow));
    await untilSays(/\nToday – 1 video · 1 not priced\n[^]*\nOutcomes: In Progress 1 1 –$/);
    gateway.advance(100_000_000);
    await untilSays(/\nToday ¥0\.72 1 video\n[^]*\nOutcomes: Delivered 1 – ¥0\.72/);
    const shots = vscode.Uri.file(join(stage().clips, 'ferry.shot.md'));
    const shot = '---\nmodel: grok_video3\nduration: 10\n---\nA ferry.\n';
    await vscode.workspace.fs.writeFile(shots, Buffer.from(shot));
    const made = vscode.commands.executeCommand('dailies.shot.generateAll', shots);
    assert.match((await window.dialog()).detail, /Today so far: 1 video · ¥0\.72/);
    await window.pressDialogButton('Generate');
    await made;
    await untilSays(/\nToday ¥3\.72 2 videos · ¥3 estimated\n/);
    await eventually(async () => {
      assert.match(await window.hoverStatusBarItem('dailies.tasks'), /\bToday: 2 videos · ¥3\.72/);
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.hoverStatusBarItem('dailies.tasks');
    await window.pressHoverLink('Show Spending');
    await untilSays(/\nToday ¥3\.72 2 videos · ¥3 estimated\n/);
    asAnotherWindow(store => {
      const tasks = store.list().filter(task => task.gateway === gateway.baseUrl);
      assert.equal(tasks.length, 2);
      store.remove(tasks.map(({ key }) => key));
    });
    await untilSays(
      /\nToday ¥3\.72 2 videos · ¥3 estimated\n[^]*\nOutcomes: Delivered 1 – ¥0\.72: Unknown 1 – ¥3\.00/,
    );
  });

  it('never adds up two gateways, and follows the one of the settings until another is chosen', async () => {
    layVideos();
    await open();
    await choose('Range', '7');
    await untilSays(/^Last 7 days /);
    await using other = await startGateway();
    cast({ gateway: other }, [video('elsewhere', 0, 100)]);
    await setting('gateway.baseUrl', other.baseUrl);
    await untilSays(/^Last 7 days \| All \| All\nToday 100 1 video\n/);
    const chosen = `document.querySelectorAll('select')[1].selectedOptions[0].text`;
    assert.equal(await window.evaluateInWebview(chosen, TITLE), new URL(other.baseUrl).host);
    await choose('Gateway', stage().gateway.baseUrl);
    await untilSays(/^Last 7 days \| All \| All\nToday 2\.25 3 videos/);
    await choose('Gateway', other.baseUrl);
    await untilSays(/\nToday 100 1 video\n/);
    asAnotherWindow(store => {
      store.remove([store.find(other.baseUrl, 'vgen_elsewhere')?.key ?? 0]);
    });
  });

  it('comes back after a reload of the window, with what was chosen', async () => {
    layVideos();
    const other = await openWindow();
    await other.openView('Dailies');
    await waitUntil('the rows', async () => (await other.treeRows(VIEW)).length === 8 || undefined);
    await other.runCommand('Dailies: Show Spending');
    await waitUntil('the page', async () => (await text(other)).includes('By Model') || undefined);
    await other.clickInWebview('h1', TITLE);
    await other.pressKey('Tab');
    await other.pressKey('ArrowUp');
    await waitUntil(
      'the figures of 7 days',
      async () =>
        /^Last 7 days \|[^]*Outcomes: Delivered 3 1 2\.50: Unknown 1 /.test(await text(other)) || undefined,
    );
    const before = await text(other);
    await other.reload();
    await untilPage(before, other);
    assert.equal((await other.tabs()).filter(({ title }) => title === TITLE).length, 1);
    await other.close();
    await open();
    await untilPage(before);
  });

  it('says so where no amount is known, and draws no chart then', async () => {
    cast(stage(), [video('one', 0, null), video('two', 2, null)]);
    await open();
    await untilSays(/\nToday – 1 video · 1 not priced\nLast 7 days – 2 videos · 2 not priced\n/);
    assert.match(
      String(await window.evaluateInWebview('document.body.innerText', TITLE)),
      /No amount is known for these videos\./,
    );
    assert.equal(
      await window.evaluateInWebview(`document.querySelector('.chart').checkVisibility()`, TITLE),
      false,
    );
  });

  it('is accessible in light, dark, and both high contrasts', async () => {
    layVideos();
    await open();
    await inThemes(window, ['dark', 'light', 'highContrast', 'lightHighContrast'], async kind => {
      await window.evaluateInWebview(`document.querySelector('details').open = true`, TITLE);
      await window.screenshot(`spending-${kind}.png`);
      await assertAccessible(window);
    });
  });

  it('shows 10,000 videos as soon as it is opened, and what one more costs', async () => {
    const roles = Array.from({ length: 10_000 }, (_, index) =>
      video(`many${index}`, index % 80, 0.5, {
        told: 'ended',
        model: index % 3 === 0 ? 'grok_video3' : 'veo_3_1_fast',
        rawAnswer: JSON.stringify({ status: 'completed', padding: 'x'.repeat(600) }),
      }),
    );
    // A list of so many rows is measured elsewhere.
    cast(stage(), roles, store => {
      store.remove(store.list().map(({ key }) => key));
    });
    const before = performance.now();
    await window.runCommand('Dailies: Show Spending');
    await untilSays(/\nToday 62\.5 125 videos\n/);
    const opened = performance.now() - before;
    cast(stage(), [video('one_more', 0, 10)]);
    const changed = performance.now();
    await untilSays(/\nToday 72\.5 126 videos\n/);
    console.log(
      `      10,000 videos: the page in ${Math.round(opened)} ms, one more in ${Math.round(performance.now() - changed)} ms`,
    );
    assert.ok(opened < 10_000, `${opened} ms`);
  });
});

function dayOf(moment: number): string {
  const date = new Date(moment);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('-');
}
