import { BarChart } from 'chartist';
import type { SpendingContent } from '../spendingProtocol.ts';
import { create } from '../player/dom.ts';

/** How many labels the axis of days has room for, and how wide each is, CSS pixels. */
const LABEL_WIDTH = 64;

/** How many colours there are: the models after them share the last. */
export const COLOURS = 6;

/** The chart by day, stacked by model. Screen readers have the table next to it. */
export function dayChart(): { element: HTMLElement; draw: (content: SpendingContent) => void } {
  const element = create('div', { className: 'chart' });
  element.ariaHidden = 'true';
  let drawn: BarChart | undefined;
  return {
    element,
    draw: ({ days, series }) => {
      const every = Math.max(1, Math.ceil((days.length * LABEL_WIDTH) / Math.max(element.clientWidth, 240)));
      const data = {
        labels: days.map(({ label }, index) => ((days.length - 1 - index) % every === 0 ? label : '')),
        series: series.map(({ amounts }, index) => ({
          className: `series-${Math.min(index, COLOURS - 1)}`,
          data: [...amounts],
        })),
      };
      const options = {
        stackBars: true,
        height: '220px',
        chartPadding: { top: 16, right: 16, bottom: 0, left: 0 },
        axisX: { showGrid: false },
        axisY: { offset: 48, low: 0, scaleMinSpace: 32 },
      };
      if (drawn) {
        drawn.update(data, options);
      } else {
        drawn = new BarChart(element, data, options);
      }
    },
  };
}
