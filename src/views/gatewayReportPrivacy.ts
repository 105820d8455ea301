import { anySpelling } from '../base/spellings.ts';
import { checkedId } from '../gateway/checkPlan.ts';
import type { CheckSeen, Exchange, LinkProbe } from '../gateway/checkSeen.ts';
import type { Probe } from '../gateway/probe.ts';
import type { Reply } from '../tasks/reply.ts';
import { gatewayName } from './gatewayName.ts';

/** A host that is not named, and an ID. Written so that no Markdown takes them for a tag. */
const NO_HOST = '‹host›';
const NO_ID = '‹id›';

/** As much of a foreign text is looked at, characters: many times what is repeated of it. */
const LONGEST = 10_000;

/** Shorter texts are within other words by chance, characters. */
const SHORT = 8;

/** IDs in shapes that are known (api.md 4), and those that programs give to requests. */
const IDS =
  /\b(?:vgen|video|sora|proj|mcp)_(?=[\w-]{0,80}\d)[\w-]{10,}|\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi;

/** Names and addresses of computers, with their ports; and whatever Node names in its errors about connections. */
const HOSTS = [
  /(?<=\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL) )\S+/g,
  /(?<![\w:.])(?:[\da-f]{1,4}(?::[\da-f]{1,4}){5,7}|(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?::(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?)(?:%\w+)?(?![\w.])/gi,
  /\[[\da-f:.]{2,45}(?:%\w+)?\](?::\d+)?/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/g,
  /(?<![\p{L}\p{N}_./@-])(?:[\p{L}\p{N}_-]{1,63}\.){1,20}(?:xn--[a-z\d-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}_-])(?::\d+)?/giu,
];

/** What takes out of a text all that is not to be given away: IDs, and names of hosts where they are not wanted. */
export function cleaner(
  { gateway, tasks, exchanges }: CheckSeen,
  { hosts }: { readonly hosts: boolean },
): (text: string) => string {
  const ids = exchanges.map(({ step }) => checkedId(step, tasks)).filter(id => id !== '');
  const names = [
    gatewayName(gateway),
    ...exchanges.flatMap(one => (one.step === 'link' ? one.link.hosts : [])),
  ].flatMap(host => [host, host.replace(/:\d+$/, '')]);
  const known = longestFirst(ids).map(finding);
  const named = longestFirst(names).map(finding);
  return text => {
    const whole = text.length > LONGEST ? text.slice(0, LONGEST).replace(/\S*$/, '…') : text;
    const plain = [...known, IDS].reduce((rest, id) => rest.replace(id, NO_ID), whole);
    return hosts ? plain : [...named, ...HOSTS].reduce((rest, host) => rest.replace(host, NO_HOST), plain);
  };
}

/**
 * What a check has seen, with all foreign words in it cleaned. (Before any of them is cut short: half of an ID would not be recognised.)
 * Bodies and links are left as they are: nothing of them but names of fields and times is ever written.
 */
export function cleaned(seen: CheckSeen, clean: (text: string) => string): CheckSeen {
  const { outOfCredit } = seen.evidence;
  return {
    ...seen,
    exchanges: seen.exchanges.map(one => cleanedExchange(one, clean)),
    evidence: { ...seen.evidence, outOfCredit: outOfCredit === null ? null : clean(outOfCredit) },
  };
}

function cleanedExchange(exchange: Exchange, clean: (text: string) => string): Exchange {
  return exchange.step === 'link'
    ? { ...exchange, link: cleanedLink(exchange.link, clean) }
    : {
        ...exchange,
        probe: cleanedProbe(exchange.probe, clean),
        reply: exchange.reply && cleanedReply(exchange.reply, clean),
      };
}

function cleanedLink(link: LinkProbe, clean: (text: string) => string): LinkProbe {
  return 'failure' in link
    ? { ...link, failure: clean(link.failure) }
    : { ...link, contentType: clean(link.contentType), coding: clean(link.coding) };
}

function cleanedProbe(probe: Probe, clean: (text: string) => string): Probe {
  if ('failure' in probe) {
    return { ...probe, failure: clean(probe.failure) };
  }
  const { tls, headers } = probe;
  return {
    ...probe,
    tls: tls && { ...tls, issuer: clean(tls.issuer) },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])),
  };
}

function cleanedReply(reply: Reply, clean: (text: string) => string): Reply {
  if (!('response' in reply)) {
    return { ...reply, text: clean(reply.text) };
  }
  const { error, statusWord } = reply.response;
  const words = { error: error === null ? null : clean(error), statusWord: clean(statusWord) };
  return { ...reply, response: { ...reply.response, ...words } };
}

/** Finds a text; a short one only as a word of its own. */
function finding(text: string): RegExp {
  const { source, flags } = anySpelling(text);
  return new RegExp(text.length < SHORT ? `(?<!\\w)${source}(?!\\w)` : source, flags);
}

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((a, b) => b.length - a.length);
}
