import { HOUR, SECOND } from '../base/clock.ts';

/** How long a result link lives when it does not say so itself (api.md section 5: VEO and white-label docs). */
export const LINK_LIFE = 24 * HOUR;

/**
 * When a signed link says that it dies, ms since the epoch; `null` when it does not say. Knows the query parameters
 * of the S3 family (`X-Amz-Date` + `X-Amz-Expires` and their Google and Volcengine forms) and plain `Expires` in
 * unix seconds (older S3, Alibaba OSS, CloudFront).
 */
export function signedExpiry(link: string): number | null {
  const query = new Map<string, string>();
  try {
    for (const [name, value] of new URL(link).searchParams) {
      query.set(name.toLowerCase(), value);
    }
  } catch {
    return null;
  }
  for (const family of ['x-amz', 'x-goog', 'x-tos', 'x-oss']) {
    const start = compactDate(query.get(`${family}-date`));
    const life = Number(query.get(`${family}-expires`));
    if (start !== null && life > 0) {
      return asMoment(start + life * SECOND);
    }
  }
  const expires = Number(query.get('expires'));
  // Between 2001 and 2286: unix seconds, not a duration.
  return expires > 1e9 && expires < 1e10 ? asMoment(expires * SECOND) : null;
}

/**
 * When to assume that a link dies: what its signature says, else its full life counted from the earliest moment it
 * can have been born. `bornAfter` is the last known moment without it, `seenAt` the first with it (ms).
 */
export function assumedExpiry(link: string, bornAfter: number | null, seenAt: number): number {
  return signedExpiry(link) ?? Math.min(bornAfter ?? seenAt, seenAt) + LINK_LIFE;
}

/** The range of a JavaScript date, in whole ms; what lies outside is nonsense. */
function asMoment(at: number): number | null {
  return at <= 8.64e15 ? Math.round(at) : null;
}

/** `20261121T101500Z` in ms since the epoch. */
function compactDate(text: string | undefined): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) {
    return null;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
