import assert from 'node:assert/strict';
import { csvOf } from '../../../src/views/spendingCsv.ts';
import { aMadeVideo } from '../builders.ts';

/** The cells of each row, as RFC 4180 has them. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('spending as CSV', () => {
  it('has a row for each video, with its day and time here, and its texts as they are', () => {
    const at = new Date(2026, 10, 21, 18, 5, 9).getTime();
    const csv = csvOf([
      aMadeVideo({ at, name: '渡轮，"清晨", 第 1 条', workspace: 'a, b', isPicked: true, wait: 119.6 }),
      aMadeVideo({
        at,
        id: null,
        amount: 0.3,
        isCharged: false,
        seconds: null,
        wait: null,
        outcome: 'unknown',
      }),
      aMadeVideo({ at, name: 'two\nlines', amount: null }),
    ]);
    assert.equal(Buffer.from(csv).subarray(0, 3).toString('hex'), 'efbbbf', 'Excel needs it');
    const gateway = 'https://gateway.example/kyyReactApiServer';
    const first = ['2026-11-21', '2026-11-21 18:05:09', gateway];
    const id = 'vgen_abc123def456';
    assert.deepEqual(cellsOf(csv.slice(1)), [
      [
        'day',
        'started',
        'gateway',
        'task_id',
        'name',
        'model',
        'workspace_folder',
        'outcome',
        'amount',
        'amount_source',
        'seconds',
        'picked',
        'wait_seconds',
      ],
      [
        ...first,
        id,
        '渡轮，"清晨", 第 1 条',
        'veo_3_1_fast',
        'a, b',
        'delivered',
        '1',
        'charged',
        '8',
        'yes',
        '120',
      ],
      [...first, '', '', 'veo_3_1_fast', '', 'unknown', '0.3', 'estimated', '', 'no', ''],
      [...first, id, 'two\nlines', 'veo_3_1_fast', '', 'delivered', '', '', '8', 'no', '120'],
    ]);
  });

  it('has nothing that a spreadsheet takes for a formula', () => {
    const names = [
      '=HYPERLINK("http://a.example")',
      '+1',
      '-1+cmd|x!A0',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      ' =1',
      '＝1',
      '＠a',
    ];
    const csv = csvOf(names.map(name => aMadeVideo({ name, model: name, workspace: name })));
    const cells = cellsOf(csv.slice(1)).slice(1).flat();
    assert.equal(cells.length, names.length * 13);
    assert.deepEqual(
      cells.filter(cell => /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(cell)),
      [],
    );
    for (const name of names) {
      assert.ok(cells.includes(`'${name}`), name);
    }
  });

  it('of 10,000 videos takes no time that anybody notices', () => {
    const videos = Array.from({ length: 10_000 }, () => aMadeVideo({ name: 'a, b' }));
    const before = performance.now();
    assert.equal(csvOf(videos).split('\r\n').length, 10_002);
    assert.ok(performance.now() - before < 1_000);
  });
});
