import { HOUR, SECOND } from '../base/clock.ts';

/** How long a result link lives when it does not say so itself (api.md section 5: VEO and white-label docs). */
export const LINK_LIFE = 24 * HOUR;

/** Families of signatures with a date and a life in seconds: S3, and its Google, Volcengine and Alibaba forms. */
const FAMILIES = ['x-amz', 'x-goog', 'x-tos', 'x-oss', 'x-obs', 'x-bce'] as const;

/**
 * Names of a moment after which a link has expired: older S3, Alibaba OSS and CloudFront (`Expires`), Azure (`se`, and `ske` of its
 * key), ByteDance (`x-expires`), Qiniu (`e`), and what others were seen to say.
 */
const MOMENTS: ReadonlySet<string> = new Set(
  `expires expire expiry expiration exp expires_at expire_at expireat expiresat expire_time expiretime e se ske deadline x-expires
   x-oss-expires x-tos-expires valid_until validuntil valid_to until end_time token_expires url_expires`.split(
    /\s+/,
  ),
);

/** Names of credentials that live no longer than a day, whatever a signature made with them promises. */
const SESSION = /^(x-(amz|tos|oss|obs|goog)-)?(security|session)-?token$/;

/** Plausible times of expiry: from 2015, when there were no such links yet, to 2100. */
const EARLIEST = Date.UTC(2015, 0);
const LATEST = Date.UTC(2100, 0);

/**
 * When a signed link says that it expires, ms since the epoch; `null` when it does not say. Where it says so several times, the
 * earliest.
 */
export function signedExpiry(link: string): number | null {
  const query = queryOf(link);
  const said = [
    ...FAMILIES.map(family => lifeEnd(query, family)),
    ...[...query].flatMap(([name, value]) => [
      MOMENTS.has(name) ? momentOf(value) : null,
      tokenEnd(name, value),
    ]),
  ].filter(at => at !== null);
  return said.length === 0 ? null : Math.min(...said);
}

/**
 * When to assume that a link expires: what its signature says, else its full life counted from the earliest moment it
 * can have been born; the earlier of both where the signature was made with passing credentials. `bornAfter` is the last known
 * moment without it, `seenAt` the first with it (ms).
 */
export function assumedExpiry(link: string, bornAfter: number | null, seenAt: number): number {
  const signed = signedExpiry(link);
  const usual = Math.min(bornAfter ?? seenAt, seenAt) + LINK_LIFE;
  const isPassing = [...queryOf(link).keys()].some(name => SESSION.test(name));
  return signed === null ? usual : isPassing ? Math.min(signed, usual) : signed;
}

/** A link's parameters, their names in lower case. */
function queryOf(link: string): ReadonlyMap<string, string> {
  const pairs = [...(URL.parse(link)?.searchParams ?? [])];
  return new Map(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

function lifeEnd(query: ReadonlyMap<string, string>, family: string): number | null {
  const start = momentOf(query.get(`${family}-date`) ?? '');
  const life = Number(query.get(`${family}-expires`));
  return start !== null && life > 0 && life < EARLIEST / SECOND ? asMoment(start + life * SECOND) : null;
}

/** What a token says of its end: Tencent's `q-sign-time=START;END`, Alibaba's CDN, Wangsu's in hexadecimal, Akamai's, a JWT's. */
function tokenEnd(name: string, value: string): number | null {
  switch (name) {
    case 'q-sign-time':
    case 'q-key-time':
      return momentOf(value.split(';')[1] ?? '');
    case 'auth_key':
      return momentOf(value.split('-')[0] ?? '');
    case 'wstime':
      return /^[\da-f]{8}$/i.test(value) ? asMoment(parseInt(value, 16) * SECOND) : momentOf(value);
    case 'policy':
      return momentOf(
        /EpochTime"?\s*:\s*(\d{10})/.exec(fromBase64(value.replaceAll('_', '=').replaceAll('~', '/')))?.[1] ??
          '',
      );
    default: {
      const payload = /^[\w-]{4,}\.([\w-]{4,})\.[\w-]*$/.exec(value)?.[1];
      const inToken = payload === undefined ? value : fromBase64(payload);
      return momentOf(/(?:^|[~,{"&])exp"?\s*[=:]\s*(\d{10,13})\b/.exec(inToken)?.[1] ?? '');
    }
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Unix seconds or milliseconds, or a date, also in the compact form `20261121T101500Z`. */
function momentOf(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return asMoment(number >= LATEST / SECOND ? number : number * SECOND);
  }
  const date = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return /^\d{4}-\d\d-\d\d|^[A-Z][a-z]{2},? /.test(date) ? asMoment(Date.parse(date)) : null;
}

/** Nothing else is a moment at which a link expires: durations, and nonsense. */
function asMoment(at: number): number | null {
  return at >= EARLIEST && at <= LATEST ? Math.round(at) : null;
}
