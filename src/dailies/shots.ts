import { l10n, workspace } from 'vscode';
import { MINUTE, SECOND } from '../base/clock.ts';
import { Emitter } from '../base/events.ts';
import { estimateText, totalText } from '../host/priceText.ts';
import { affects, gatewaySetting, pricesSetting } from '../host/settings.ts';
import { settings } from '../ids.ts';
import type { VideoRequest } from '../making/request.ts';
import { quantile } from '../polling/durations.ts';
import type { Forecasts } from '../polling/forecast.ts';
import { followRenames } from '../shots/renames.ts';
import { Shots } from '../shots/shots.ts';
import { markdownText } from '../views/markdownText.ts';
import { etaText } from '../views/measures.ts';
import { friendlyModel } from '../views/shortText.ts';
import type { Base } from './base.ts';
import type { List } from './list.ts';
import type { Loops } from './loops.ts';
import type { MakingParts } from './making.ts';

/** What prices of shots, and what is right in them, depend on. */
const ABOUT_MODELS = [settings.models, settings.prices, settings.currency, settings.baseUrl] as const;

/** Creates what shot files are in the editor; see `shots/`. */
export function createShots(
  base: Base,
  loops: Loops,
  { modelOf, models }: MakingParts,
  { tasks }: List,
): Shots {
  const { parts, store, clock, ticker, log } = base;
  const modelChanges = parts.add(new Emitter<void>());
  parts.add(
    workspace.onDidChangeConfiguration(event => {
      if (ABOUT_MODELS.some(id => affects(event, id))) {
        modelChanges.fire();
      }
    }),
  );
  parts.add(followRenames({ store, tasks }));
  return parts.add(
    new Shots({
      store,
      tasks,
      clock,
      ticker,
      log,
      models,
      modelOf,
      onDidChangeModels: modelChanges.event,
      prices: pricesSetting,
      gateway: () => gatewaySetting()?.base,
      texts: {
        modelName: friendlyModel,
        timeLeft: task => {
          const eta = loops.etaOf(task);
          return eta && etaText(eta);
        },
        usualTime: request => usualTime(request, loops.forecasts),
        estimate: estimateText,
        total: totalText,
        markdown: markdownText,
      },
    }),
  );
}

/** How long the middle half of such tasks takes, in whole minutes. */
export function usualTime(request: VideoRequest, forecasts: Forecasts): string {
  const model = typeof request.model === 'string' ? request.model : null;
  const { durations, isLearned } = forecasts.of({ model, request: JSON.stringify(request) });
  const minutes = (share: number): number => (quantile(durations, share, 0) * SECOND) / MINUTE;
  const from = Math.max(1, Math.floor(minutes(0.25)));
  const to = Math.max(from + 1, Math.round(minutes(0.75)));
  return isLearned
    ? l10n.t('Usually takes {0}–{1} min, from your tasks', from, to)
    : l10n.t('Usually takes {0}–{1} min, as documented', from, to);
}
