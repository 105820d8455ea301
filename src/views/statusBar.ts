import { l10n, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { Soon } from '../base/soon.ts';
import { affects } from '../host/settings.ts';
import { commands, settings, views } from '../ids.ts';
import type { Spent } from '../making/making.ts';
import { summaryOf, type Summary } from '../tasks/summary.ts';
import type { ShownList } from './shownList.ts';
import { LOOKS } from './stateLooks.ts';
import { statusTooltip } from './statusTooltip.ts';
import { isUrgent, pauseIcon, summaryWords } from './summaryText.ts';

/** The status bar item with the counts, hidden while there is nothing to count. A click shows all tasks. */
export class StatusBar implements Disposable {
  private readonly shown: ShownList;
  private readonly clock: Clock;
  private readonly spentToday: () => Spent | undefined;
  private readonly owned = new DisposableStore();
  private readonly item = this.owned.add(window.createStatusBarItem(views.tasks, StatusBarAlignment.Left));
  /** Nobody reads the tooltip of a list that changes at the moment, and its figures take longer than all the rest. */
  private readonly tooltipSoon: Soon;
  private tooltip = '';

  /**
   * Pauses are judged by the clock; remaining times by the snapshot, so that they read the same as in the rows. `spentToday`: what was
   * spent at the gateway of the settings since midnight.
   */
  constructor(shown: ShownList, clock: Clock, spentToday: () => Spent | undefined) {
    this.shown = shown;
    this.clock = clock;
    this.spentToday = spentToday;
    this.tooltipSoon = this.owned.add(
      new Soon(clock, () => {
        this.drawTooltip();
      }),
    );
    this.item.name = 'Dailies';
    this.item.command = commands.showTasks;
    this.owned.add(
      shown.onDidDraw(() => {
        this.draw();
      }),
    );
    this.owned.add(
      workspace.onDidChangeConfiguration(event => {
        if (affects(event, settings.currency) || affects(event, settings.baseUrl)) {
          this.draw();
        }
      }),
    );
    this.draw();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private draw(): void {
    const summary = this.summary();
    const words = summaryWords(summary, this.shown.now());
    if (words.length === 0) {
      this.item.hide();
      return;
    }
    this.drawText(summary, words);
    this.item.show();
    this.tooltipSoon.call();
  }

  private drawTooltip(): void {
    const tooltip = statusTooltip(this.summary(), this.clock.now(), this.shown.now(), this.spentToday());
    if (tooltip.value !== this.tooltip) {
      this.tooltip = tooltip.value;
      this.item.tooltip = tooltip;
    }
  }

  private summary(): Summary {
    const { byTally, pauses, intents } = this.shown;
    return summaryOf(byTally, pauses, this.clock.now(), intents.all());
  }

  /** Updates the item only if its text has changed, which few changes of the store cause. */
  private drawText(summary: Summary, words: readonly string[]): void {
    const text = `$(${iconOf(summary)}) ${words.join(' · ')}`;
    if (text !== this.item.text) {
      this.item.text = text;
      this.item.accessibilityInformation = { label: l10n.t('Dailies: {0}', words.join(', ')) };
    }
    if (isAlarming(summary) !== (this.item.backgroundColor !== undefined)) {
      this.item.backgroundColor = isAlarming(summary)
        ? new ThemeColor('statusBarItem.warningBackground')
        : undefined;
    }
  }
}

/** The icon of the first words: clips at risk, a pause, work in progress (spinning), a rate limit. */
function iconOf({ isMoving, holds, atRisk }: Summary): string {
  if (atRisk > 0) {
    return 'warning';
  }
  const [hold] = holds.filter(({ reason }) => reason !== 'rateLimited');
  if (hold) {
    return pauseIcon(hold.reason);
  }
  if (isMoving) {
    return LOOKS.rendering.icon;
  }
  return holds.length > 0 ? pauseIcon('rateLimited') : 'device-camera-video';
}

/** Whether the user has to act: clips are at risk, or polling is paused until they do. */
function isAlarming({ holds, atRisk }: Summary): boolean {
  return atRisk > 0 || holds.some(({ reason }) => isUrgent(reason));
}
