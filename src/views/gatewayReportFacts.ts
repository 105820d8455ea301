import { l10n } from 'vscode';
import { impersonal } from '../base/impersonal.ts';
import type { CheckStep } from '../gateway/checkPlan.ts';
import type { CheckSeen, Exchange } from '../gateway/checkSeen.ts';
import { readVerdict } from '../gateway/keyCheck.ts';
import type { ProbeResponse } from '../gateway/probe.ts';
import { responseForm } from '../gateway/responseForm.ts';
import type { Reply } from '../tasks/reply.ts';
import type { ProblemKind } from '../tasks/task.ts';
import { timeOf } from './measures.ts';
import { responseFormText } from './responseFormText.ts';
import { firstWords } from './shortText.ts';
import { saveProblemText } from './stateWords.ts';

/** One line of a report: what was looked at, and what was seen. */
export type Fact = readonly [name: string, value: string];

/** As much of the gateway's words is repeated, characters. */
export const WORDS_LENGTH = 160;

/** Clocks that differ less agree: a `Date` header is in whole seconds, and takes its time to come. */
const CLOCK_TOLERANCE = 2_000;

/** Headers that speak of rates. */
const RATE_HEADER = /rate-?limit|^retry-after$|quota/;

/** Headers of what stands between. */
const PROXY_HEADERS = ['via', 'server', 'x-cache', 'cf-ray'] as const;

/** The exchange of a step. `link` has one of its own form. */
export function exchangeOf(
  { exchanges }: CheckSeen,
  step: Exclude<CheckStep, 'link'>,
): Extract<Exchange, { probe: unknown }> | undefined {
  return exchanges.find(
    (one): one is Extract<Exchange, { probe: unknown }> => 'probe' in one && one.step === step,
  );
}

/** How the gateway is reached. */
export function connectionFacts(seen: CheckSeen): Fact[] {
  const probes = seen.exchanges.flatMap(one => ('probe' in one ? [one.probe] : []));
  const responses = probes.filter((one): one is ProbeResponse => 'status' in one);
  const failures = probes.flatMap(one => ('failure' in one ? [one.failure] : []));
  const times = responses.map(({ took }) => took).sort((a, b) => a - b);
  const typical = times[Math.floor(times.length / 2)];
  const reached =
    typical === undefined
      ? failures.length === 0
        ? l10n.t('Not checked')
        : l10n.t('Not reached: {0}', failureText(failures[0] ?? ''))
      : failures.length === 0
        ? l10n.t('Reached; typical response time {0} ms', Math.round(typical))
        : l10n.t('Reached, but {0} requests failed: {1}', failures.length, failureText(failures[0] ?? ''));
  return [
    [l10n.t('Reachability'), reached],
    [l10n.t('Encryption (TLS)'), tlsText(seen, responses)],
    [l10n.t('Proxy'), proxyText(seen, responses)],
    [l10n.t('Clock'), clockDifference(responses)],
    [l10n.t('Rate limit headers'), rateHeaders(responses)],
  ];
}

/** What the gateway says to requests that it refuses, and to the person's key. */
export function refusalFacts(seen: CheckSeen): Fact[] {
  const said = (step: Exclude<CheckStep, 'link'>): string => {
    const exchange = exchangeOf(seen, step);
    return exchange ? exchangeText(exchange) : l10n.t('Not checked');
  };
  return [
    [l10n.t('Your API key'), keyText(seen)],
    [l10n.t('A wrong API key'), said('wrongKey')],
    [l10n.t('An unknown ID'), said('unknownId')],
    [l10n.t('An unknown ID in the model center'), said('unknownInCenter')],
    [l10n.t('An unknown address'), said('unknownAddress')],
  ];
}

/** What came of a request: status, form, what Dailies reads it as, and the gateway's own words. */
export function exchangeText(exchange: Exchange): string {
  if ('link' in exchange) {
    const { link } = exchange;
    return 'failure' in link ? saveProblemText(link.problem, foreign(link.failure)) : `HTTP ${link.status}`;
  }
  const { probe, reply } = exchange;
  if ('failure' in probe) {
    return l10n.t('No response: {0}', failureText(probe.failure));
  }
  const words = wordsIn(reply);
  return [
    `HTTP ${probe.status}`,
    responseFormText(responseForm(probe.body)),
    reply ? l10n.t('read as: {0}', meaningOf(reply)) : '',
    words === '' ? '' : `“${words}”`,
  ]
    .filter(part => part !== '')
    .join(' · ');
}

/** A request of the check, in a few words. */
export function stepText(step: CheckStep): string {
  switch (step) {
    case 'unknownId':
      return l10n.t('An unknown ID');
    case 'wrongKey':
      return l10n.t('A wrong API key');
    case 'unknownAddress':
      return l10n.t('An unknown address');
    case 'unknownInCenter':
      return l10n.t('An unknown ID in the model center');
    case 'finished':
      return l10n.t('A finished task');
    case 'link':
      return l10n.t('The first bytes of its video, without your key');
    case 'centerAtResult':
      return l10n.t('A model center task at the result endpoint');
    case 'oldest':
      return l10n.t('The oldest finished task');
    case 'finishedAgain':
      return l10n.t('The finished task again');
  }
}

/** Why there is no response, in Node's words. */
function failureText(failure: string): string {
  return failure === 'timeout' ? l10n.t('timed out') : foreign(failure);
}

/** Foreign words, fit to be shown: short, and without links, keys and folders. */
export function foreign(text: string): string {
  return firstWords(impersonal(text), WORDS_LENGTH);
}

function wordsIn(reply: Reply | null): string {
  switch (reply?.kind) {
    case 'keyRejected':
    case 'requestFailed':
      return foreign(reply.text);
    case 'taskFailure':
      return foreign(reply.response.error ?? '');
    case 'response':
    case undefined:
      return '';
  }
}

/** What Dailies reads a response as. */
export function meaningOf(reply: Reply): string {
  switch (reply.kind) {
    case 'response':
    case 'taskFailure':
      return l10n.t('task status {0}', foreign(reply.response.statusWord));
    case 'keyRejected':
      return l10n.t('API key rejected');
    case 'requestFailed':
      return problemMeaning(reply.problem);
  }
}

function problemMeaning(problem: ProblemKind): string {
  switch (problem) {
    case 'rateLimited':
      return l10n.t('rate limited');
    case 'outOfCredit':
      return l10n.t('out of credit');
    case 'notFound':
      return l10n.t('unknown ID');
    case 'wrongAddress':
      return l10n.t('unknown address');
    case 'server':
      return l10n.t('server error');
    case 'redirected':
      return l10n.t('redirected');
    case 'notJson':
      return l10n.t('not JSON');
    case 'refused':
      return l10n.t('refused');
    case 'keyRejected':
    case 'noKey':
    case 'keyUnreadable':
      return l10n.t('API key rejected');
    case 'network':
    case 'timeout':
      return l10n.t('no response');
    case 'unexpected':
      return l10n.t('unrecognized content');
  }
}

function keyText(seen: CheckSeen): string {
  const exchange = exchangeOf(seen, 'unknownId');
  if (!exchange || 'failure' in exchange.probe) {
    return l10n.t('Not checked');
  }
  const verdict = readVerdict(exchange.probe, seen.gateway);
  switch (verdict.kind) {
    case 'accepted':
      return l10n.t('Accepted');
    case 'rejected':
      return l10n.t('Invalid');
    case 'unknown':
      return l10n.t('Unclear: {0}', exchangeText(exchange));
  }
}

function tlsText({ gateway }: CheckSeen, responses: readonly ProbeResponse[]): string {
  if (gateway.startsWith('http:')) {
    return l10n.t('Not used: the gateway is on this computer');
  }
  const tls = responses.find(response => response.tls !== null)?.tls;
  if (!tls) {
    return l10n.t('Not seen: the proxy or VS Code hides it');
  }
  const until = tls.validTo === null ? '?' : timeOf(tls.validTo);
  return l10n.t('{0}, certificate issued by {1}, valid until {2}', tls.protocol, foreign(tls.issuer), until);
}

function proxyText({ hasProxy }: CheckSeen, responses: readonly ProbeResponse[]): string {
  const set = hasProxy
    ? l10n.t('Set in VS Code or in the environment')
    : l10n.t('None set in VS Code or in the environment');
  const seen = PROXY_HEADERS.flatMap(name => {
    const value = responses.map(({ headers }) => headers[name]).find(one => one !== undefined);
    // What `via` names may be a host of the person's own network.
    return value === undefined ? [] : [name === 'via' ? name : `${name}: ${foreign(value)}`];
  });
  return [set, ...seen].join(' · ');
}

function clockDifference(responses: readonly ProbeResponse[]): string {
  const differences = responses.flatMap(({ headers, at, took }) => {
    const date = Date.parse(headers.date ?? '');
    // The header was written somewhere between sending and arrival.
    return Number.isNaN(date) ? [] : [date - (at - took / 2)];
  });
  const [first] = differences;
  if (first === undefined) {
    return l10n.t('Not seen: no Date header');
  }
  const seconds = Math.round(Math.abs(first) / 1000);
  if (Math.abs(first) <= CLOCK_TOLERANCE) {
    return l10n.t('In sync with this computer');
  }
  return first > 0
    ? l10n.t('The gateway is {0} s ahead of this computer', seconds)
    : l10n.t('The gateway is {0} s behind this computer', seconds);
}

function rateHeaders(responses: readonly ProbeResponse[]): string {
  const found = new Map(
    responses.flatMap(({ headers }) => Object.entries(headers).filter(([name]) => RATE_HEADER.test(name))),
  );
  return found.size === 0
    ? l10n.t('None seen')
    : [...found].map(([name, value]) => `${name}: ${foreign(value)}`).join(' · ');
}
