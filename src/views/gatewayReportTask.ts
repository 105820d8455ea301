import { l10n } from 'vscode';
import type { CheckSeen, LinkResponse } from '../gateway/checkSeen.ts';
import { fieldsOf, responseForm } from '../gateway/responseForm.ts';
import { signedExpiry } from '../tasks/linkLife.ts';
import type { TaskResponse } from '../tasks/reply.ts';
import { exchangeOf, exchangeText, foreign, WORDS_LENGTH, type Fact } from './gatewayReportFacts.ts';
import { bytesText, timeOf } from './measures.ts';
import { responseFormText } from './responseFormText.ts';
import { firstWords, friendlyModel } from './shortText.ts';

/** What was seen of a finished task and of its link. */
export function finishedTaskFacts(seen: CheckSeen): Fact[] {
  const response = responseOf(seen, 'finished');
  const exchange = exchangeOf(seen, 'finished');
  const body = exchange && 'body' in exchange.probe ? exchange.probe.body : undefined;
  const link = seen.tasks.finished?.videoUrl ?? null;
  return [
    [
      l10n.t('Response format'),
      body === undefined ? l10n.t('Not checked') : responseFormText(responseForm(body)),
    ],
    [l10n.t('Fields'), body === undefined ? l10n.t('Not checked') : fieldsOf(body).join(', ')],
    [l10n.t('Charge'), String(response?.amount ?? l10n.t('Not stated in the response'))],
    [l10n.t('Link expiry'), expiryIn(link)],
    ...linkFacts(seen),
    [l10n.t('Requested again'), renewalText(seen)],
  ];
}

/** What documentation leaves open about the gateway, each with what was seen (api.md 10). */
export function unknownFacts(seen: CheckSeen): Fact[] {
  const { evidence, exchanges } = seen;
  const said = (step: 'unknownId' | 'centerAtResult'): string | undefined => {
    const exchange = exchangeOf(seen, step);
    return exchange && exchangeText(exchange);
  };
  const costs = l10n.t('Not checked: only paid requests would show it');
  return [
    [l10n.t('Response to an unknown ID'), said('unknownId') ?? l10n.t('Not checked')],
    [
      l10n.t('Response when out of credit'),
      evidence.outOfCredit === null
        ? l10n.t('Not seen: your account was never out of credit')
        : l10n.t('Seen earlier: {0}', foreign(evidence.outOfCredit)),
    ],
    [l10n.t('Rate limits'), rateLimitText(seen)],
    [l10n.t('Video server'), linkResponseOf(seen) ? l10n.t('See above') : noLinkText(seen)],
    [l10n.t('Prices'), pricesText(seen)],
    [l10n.t('Image formats and size limits'), costs],
    [
      l10n.t('Images for {0}', 'grok_video3_pro'),
      evidence.grokProImages === null
        ? costs
        : l10n.t('Seen in your list: completed with {0} images', evidence.grokProImages),
    ],
    [l10n.t('Text only for {0}', 'veo_3_1_fast_stable'), textOnlyText(seen) ?? costs],
    [
      l10n.t('Model center tasks at the result endpoint'),
      said('centerAtResult') ??
        (exchanges.length > 0 && seen.tasks.inCenter === undefined
          ? l10n.t('Not checked: no finished task of the model center is in the list')
          : l10n.t('Not checked')),
    ],
    [l10n.t('Task retention'), retentionText(seen)],
  ];
}

/** The charges that the list and the check have seen. */
function pricesText(seen: CheckSeen): string {
  const { model = null, amount = null } = responseOf(seen, 'finished') ?? {};
  const now = model !== null && amount !== null ? [{ model, amount }] : [];
  const texts = [...now, ...seen.evidence.charges].map(one => `${friendlyModel(one.model)} ${one.amount}`);
  return texts.length === 0
    ? l10n.t('Not seen: no response has stated a charge')
    : foreign([...new Set(texts)].join(', '));
}

function responseOf(
  seen: CheckSeen,
  step: 'finished' | 'finishedAgain' | 'oldest',
): TaskResponse | undefined {
  const reply = exchangeOf(seen, step)?.reply;
  return reply && 'response' in reply ? reply.response : undefined;
}

function linkResponseOf({ exchanges }: CheckSeen): LinkResponse | undefined {
  const exchange = exchanges.find(one => one.step === 'link');
  return exchange && 'link' in exchange && 'status' in exchange.link ? exchange.link : undefined;
}

function linkFacts(seen: CheckSeen): Fact[] {
  const exchange = seen.exchanges.find(one => one.step === 'link');
  if (!exchange) {
    return [[l10n.t('Video server'), noLinkText(seen)]];
  }
  const { link } = exchange;
  const { hosts } = link;
  const redirects: Fact = [l10n.t('Redirects'), hosts.length < 2 ? l10n.t('None seen') : hosts.join(' → ')];
  if ('failure' in link) {
    return [[l10n.t('Video server'), exchangeText(exchange)], redirects];
  }
  const { status, contentType, coding, size, hasEtag, hasLastModified, allowsOrigin } = link;
  const served = [`HTTP ${status}`, ...[contentType, coding].map(said), size === null ? '' : bytesText(size)];
  const names = [hasEtag ? 'ETag' : '', hasLastModified ? 'Last-Modified' : ''].filter(name => name !== '');
  const server: Fact = [
    l10n.t('Video server'),
    [hosts[0] ?? '', ...served].filter(part => part !== '').join(' · '),
  ];
  if (![200, 203, 206].includes(status) || /^text\//i.test(contentType)) {
    return [server, redirects];
  }
  return [
    server,
    redirects,
    [l10n.t('Resuming (Range)'), rangeText(link)],
    [l10n.t('File version'), names.length === 0 ? l10n.t('Not stated') : names.join(', ')],
    [
      l10n.t('Cross-origin requests (CORS)'),
      allowsOrigin === '' ? l10n.t('Not allowed') : foreign(allowsOrigin),
    ],
  ];
}

/** A word of a header, which is no path, for all its slashes. */
function said(value: string): string {
  return firstWords(value, WORDS_LENGTH);
}

function rangeText({ range }: LinkResponse): string {
  switch (range) {
    case 'given':
      return l10n.t('Supported');
    case 'others':
      return l10n.t('Not supported: other bytes came');
    case 'unstated':
      return l10n.t("Not supported: the response doesn't state its range");
    case 'none':
      return l10n.t('Not supported: the whole file came');
  }
}

function noLinkText({ exchanges, tasks }: CheckSeen): string {
  const exchange = exchanges.find(one => one.step === 'link');
  if (exchange) {
    return exchangeText(exchange);
  }
  return tasks.finished ? l10n.t('Not checked') : l10n.t('Not checked: no finished task is in the list');
}

function expiryIn(link: string | null): string {
  if (link === null) {
    return l10n.t('Not checked');
  }
  const at = signedExpiry(link);
  return at === null ? l10n.t('Not stated in the link') : l10n.t('{0}, stated in the link', timeOf(at));
}

/** Whether the link that came the second time is another one than the first, or than the list's. */
function renewalText(seen: CheckSeen): string {
  const again = responseOf(seen, 'finishedAgain');
  const before = responseOf(seen, 'finished')?.videoUrl ?? seen.tasks.finished?.videoUrl;
  if (!again) {
    const exchange = exchangeOf(seen, 'finishedAgain');
    return exchange ? exchangeText(exchange) : l10n.t('Not checked');
  }
  if (again.videoUrl === null) {
    return l10n.t('Without a link');
  }
  return again.videoUrl === before
    ? l10n.t('The same link')
    : l10n.t('Another link; its expiry: {0}', expiryIn(again.videoUrl));
}

function rateLimitText({ exchanges, evidence, startedAt }: CheckSeen): string {
  const limited = exchanges.find(
    one => 'reply' in one && one.reply?.kind === 'requestFailed' && one.reply.problem === 'rateLimited',
  );
  if (limited) {
    return exchangeText(limited);
  }
  const seconds = Math.round(((exchanges.at(-1)?.sentAt ?? startedAt) - startedAt) / 1000);
  const none = l10n.t('None in {0} requests over {1} s', exchanges.length, seconds);
  return evidence.wasRateLimited ? `${none} · ${l10n.t('your list shows one from earlier')}` : none;
}

function textOnlyText({ evidence }: CheckSeen): string | undefined {
  switch (evidence.textOnlyStable) {
    case 'completed':
      return l10n.t('Seen in your list: completed');
    case 'failed':
      return l10n.t('Seen in your list: failed');
    case null:
      return undefined;
  }
}

function retentionText(seen: CheckSeen): string {
  const { oldest } = seen.tasks;
  const exchange = exchangeOf(seen, 'oldest');
  if (!oldest || !exchange) {
    return oldest
      ? l10n.t('Not checked')
      : l10n.t('Not checked: no finished task in the list is older than a day');
  }
  const days = Math.floor((exchange.sentAt - (oldest.createdAt ?? exchange.sentAt)) / (24 * 60 * 60 * 1000));
  const response = responseOf(seen, 'oldest');
  return response
    ? l10n.t('After {0} d, the task is still known; its link: {1}', days, expiryIn(response.videoUrl))
    : l10n.t('After {0} d: {1}', days, exchangeText(exchange));
}
