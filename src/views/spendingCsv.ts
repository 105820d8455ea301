import type { MadeVideo } from '../making/madeVideos.ts';

/** The columns, in the order of `rowOf`. */
const COLUMNS = [
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
];

/** Without it, Excel takes the text for one of its own encodings. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The videos as CSV (RFC 4180, UTF-8) for a spreadsheet, times as on this machine. No text in it is taken for a formula, whatever a
 * gateway or a name says.
 */
export function csvOf(videos: readonly MadeVideo[]): string {
  const rows = [COLUMNS, ...videos.map(rowOf)];
  return BYTE_ORDER_MARK + rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function rowOf(video: MadeVideo): (string | number)[] {
  const started = localTime(video.at);
  return [
    started.slice(0, 10),
    started,
    video.gateway,
    video.id ?? '',
    video.name ?? '',
    video.model,
    video.workspace ?? '',
    video.outcome,
    video.amount ?? '',
    video.amount === null ? '' : video.isCharged ? 'charged' : 'estimated',
    video.seconds ?? '',
    video.isPicked ? 'yes' : 'no',
    video.wait === null ? '' : Math.round(video.wait),
  ];
}

/** A moment in this machine's time, `2026-11-21 18:00:00`: what spreadsheets read as a time. */
function localTime(moment: number): string {
  const date = new Date(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Spreadsheets take a text for a formula that begins so; those of East Asia also with the wide signs. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/u;

function cell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n;\t]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
