import { createHmac, randomBytes } from 'node:crypto';

/**
 * What a media link looks like. Nobody says which the gateway uses (api.md 5), so all have to be borne:
 * `aws`, a pre-signed S3 address with X-Amz-Date and X-Amz-Expires; `expires`, with Expires in unix seconds, as several object
 * stores and CDNs do it; `plain`, without a query, where only the server knows that the link dies.
 */
export type LinkStyle = 'aws' | 'expires' | 'plain';

/** What the media origin thinks of a link. */
export type LinkVerdict = 'valid' | 'expired' | 'forged';

/** Signs links to paths and checks them. A signature holds for one path and one life, and for one signer. */
export class LinkSigner {
  private readonly secret = randomBytes(32);

  /** The path with its query; the link is born at `bornAt` (simulated ms, counted in whole seconds) and lives `lifeMs`. */
  sign(path: string, style: LinkStyle, bornAt: number, lifeMs: number): string {
    const bornS = Math.floor(bornAt / 1000);
    const lifeS = Math.floor(lifeMs / 1000);
    switch (style) {
      case 'plain':
        return path;
      case 'expires': {
        const expires = String(bornS + lifeS);
        const query = { Expires: expires, Signature: this.signature(path, expires) };
        return `${path}?${new URLSearchParams(query).toString()}`;
      }
      case 'aws': {
        const date = toBasicDate(bornS * 1000);
        const query = {
          'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
          'X-Amz-Credential': `SIMULATED/${date.slice(0, 8)}/auto/s3/aws4_request`,
          'X-Amz-Date': date,
          'X-Amz-Expires': String(lifeS),
          'X-Amz-SignedHeaders': 'host',
          'X-Amz-Signature': this.signature(path, date, String(lifeS)),
        };
        return `${path}?${new URLSearchParams(query).toString()}`;
      }
    }
  }

  /** Judges the query of a request for `path` at a simulated time (ms). A link without a signature is forged. */
  check(path: string, query: URLSearchParams, now: number): LinkVerdict {
    const expires = query.get('Expires');
    if (expires !== null) {
      if (query.get('Signature') !== this.signature(path, expires)) return 'forged';
      return now < Number(expires) * 1000 ? 'valid' : 'expired';
    }
    const date = query.get('X-Amz-Date') ?? '';
    const lifeS = query.get('X-Amz-Expires') ?? '';
    if (query.get('X-Amz-Signature') !== this.signature(path, date, lifeS)) return 'forged';
    return now < fromBasicDate(date) + Number(lifeS) * 1000 ? 'valid' : 'expired';
  }

  private signature(...signed: readonly string[]): string {
    return createHmac('sha256', this.secret).update(signed.join('\n')).digest('hex');
  }
}

/** ISO 8601 in its basic form, as S3 writes it: 20260102T030405Z. */
function toBasicDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

function fromBasicDate(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
