import { create } from '../player/dom.ts';
import {
  RANGES,
  type Choice,
  type SpendingContent,
  type SpendingView,
  type SpendingWords,
  type ToSpending,
} from '../spendingProtocol.ts';
import { COLOURS, dayChart } from './chart.ts';
import { host } from './host.ts';

let draw: ((content: SpendingContent) => void) | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToSpending>) => {
  if (data.type === 'start') {
    draw = build(data.words);
  } else {
    draw?.(data.content);
  }
});
host.postMessage({ type: 'ready' });

/** Builds the page; gives what shows the figures. */
function build(words: SpendingWords): (content: SpendingContent) => void {
  document.title = words.title;
  let view: SpendingView | undefined;
  const change = (patch: Partial<SpendingView>): void => {
    if (view) {
      // The next choice may come before the figures of this one.
      view = { ...view, ...patch };
      host.postMessage({ type: 'view', view });
    }
  };
  const range = select(words.range, value => {
    const days = RANGES.find(one => String(one) === value);
    if (days !== undefined) {
      change({ days });
    }
  });
  const gateway = select(words.gateway, value => {
    change({ gateway: value, model: null, workspace: null });
  });
  const model = select(words.model, value => {
    change({ model: value === ALL ? null : value });
  });
  const workspace = select(words.workspace, value => {
    change({ workspace: value === ALL ? null : value });
  });
  const csv = create('button', { type: 'button', className: 'text' }, words.csv);
  csv.addEventListener('click', () => {
    if (csv.ariaDisabled !== 'true') {
      host.postMessage({ type: 'csv' });
    }
  });
  const tiles = create('dl', { className: 'tiles' });
  const chart = dayChart();
  const legend = create('ul', { className: 'legend' });
  const noAmounts = create('p', { className: 'note' }, words.nothingPriced);
  const byDay = create('details', {}, create('summary', {}, words.showTable));
  const dayTable = create('div', {
    className: 'scroll',
    tabIndex: 0,
    role: 'region',
    ariaLabel: words.byDay,
  });
  byDay.append(dayTable);
  const tables = create('div', { className: 'tables' });
  const empty = create(
    'div',
    { className: 'empty', role: 'status' },
    create('p', {}, words.empty),
    create('p', { className: 'note' }, words.emptyHint),
  );
  const content = create(
    'div',
    {},
    create('section', {}, create('h2', {}, words.byDay), noAmounts, chart.element, legend, byDay),
    tables,
  );
  document.body.replaceChildren(
    create(
      'main',
      { className: 'spending' },
      create('h1', {}, words.title),
      create(
        'div',
        { className: 'filters', role: 'group' },
        range.element,
        gateway.element,
        model.element,
        workspace.element,
        csv,
      ),
      tiles,
      empty,
      content,
    ),
  );
  const all: Choice = [ALL, words.all];
  let last: SpendingContent | undefined;
  const redraw = (): void => {
    if (last && !chart.element.hidden) {
      chart.draw(last);
    }
  };
  new ResizeObserver(redraw).observe(content);
  return shown => {
    last = shown;
    ({ view } = shown);
    range.show(shown.ranges, String(shown.view.days));
    gateway.show(shown.gateways, shown.view.gateway ?? '');
    gateway.element.hidden = shown.gateways.length < 2;
    model.show([all, ...shown.models], shown.view.model ?? ALL);
    workspace.show([all, ...shown.workspaces], shown.view.workspace ?? ALL);
    tiles.replaceChildren(
      ...shown.tiles.map(({ name, figure, note }) =>
        create(
          'div',
          {},
          create('dt', {}, name),
          create('dd', {}, create('strong', {}, figure), create('span', { className: 'note' }, note)),
        ),
      ),
    );
    const isEmpty = shown.count === 0;
    empty.hidden = !isEmpty;
    content.hidden = isEmpty;
    csv.ariaDisabled = String(isEmpty);
    const hasAmounts = shown.series.some(({ amounts }) => amounts.some(amount => amount > 0));
    chart.element.hidden = legend.hidden = !hasAmounts;
    noAmounts.hidden = hasAmounts;
    if (!isEmpty && hasAmounts) {
      chart.draw(shown);
    }
    legend.replaceChildren(
      ...shown.series.map(({ name }, index) => {
        const swatch = create('span', { className: `swatch series-${Math.min(index, COLOURS - 1)}` });
        return create('li', {}, swatch, name);
      }),
    );
    dayTable.replaceChildren(
      table(
        words.byDay,
        [words.date, words.total, words.videos, words.notPriced, ...shown.series.map(({ name }) => name)],
        shown.days.map(({ name, total, videos, notPriced, cells }) => [
          name,
          total,
          videos,
          notPriced,
          ...cells,
        ]),
      ),
    );
    tables.replaceChildren(
      titled(words.models, [words.model, words.videos, words.notPriced, words.amount], shown.byModel),
      titled(words.outcomes, [words.outcome, words.videos, words.notPriced, words.amount], shown.outcomes),
      titled(words.waits, [words.model, words.videos, words.median, words.spread], shown.waits),
    );
  };
}

/** What stands for no choice; no model and no folder is called so. */
const ALL = '*';

/** A drop-down list with its name above. */
function select(
  name: string,
  onChange: (value: string) => void,
): { element: HTMLElement; show: (choices: readonly Choice[], value: string) => void } {
  const list = create('select');
  list.addEventListener('change', () => {
    onChange(list.value);
  });
  let before = '';
  return {
    element: create('label', {}, create('span', {}, name), list),
    show: (choices, value) => {
      const now = JSON.stringify(choices);
      if (now !== before) {
        before = now;
        list.replaceChildren(...choices.map(([one, text]) => create('option', { value: one }, text)));
      }
      list.value = value;
    },
  };
}

function titled(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const section = create('section', {}, create('h2', {}, title), table(title, columns, rows));
  section.hidden = rows.length === 0;
  return section;
}

function table(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return create(
    'table',
    { ariaLabel: name },
    create('thead', {}, create('tr', {}, ...columns.map(text => create('th', { scope: 'col' }, text)))),
    create(
      'tbody',
      {},
      ...rows.map(([first = '', ...others]) =>
        create(
          'tr',
          {},
          create('th', { scope: 'row' }, first),
          ...others.map(text => create('td', {}, text)),
        ),
      ),
    ),
  );
}
