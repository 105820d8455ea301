import type { RefusalName, ShapeName } from './shapes.ts';

/** What may be wrong in an otherwise usual body of the gateway. */
export type BodyFault =
  /** api.md 3.1, `data` wrapper: `{code:0, msg:null, data:{…}}` around the usual body. */
  | { readonly kind: 'wrapped' }
  /** api.md 4, create envelope: `{code:"0", msg:null, data:{projectId}}`; for create calls. */
  | { readonly kind: 'projectId' }
  /** Fields put into, or over, the usual body: the extra fields and URL names of api.md 3.1, or hostile text. */
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> }
  /** api.md 3.1: `created` in ms where seconds are documented. */
  | { readonly kind: 'milliseconds' }
  /** api.md 3.1: status `completed`, but no URL. */
  | { readonly kind: 'completedWithoutUrl' }
  /** api.md 3.2: a status word that is not documented, or one of the tolerated synonyms; default `reviewing`. */
  | { readonly kind: 'unknownStatus'; readonly word?: string }
  /** api.md 3.2: status `cancelled`. */
  | { readonly kind: 'cancelled' }
  /** api.md 3.3, task failed: status `failed` with `error:{code,message}` in place of a string. */
  | { readonly kind: 'errorObject'; readonly message?: string }
  /** The usual body in the shape of a relay or of another gateway; see `shapes.ts`. */
  | { readonly kind: 'shape'; readonly shape: ShapeName }
  /** The clip itself in place of its link, in base64: as a `data:` URI (relays), or bare (Vertex). */
  | { readonly kind: 'inlineClip'; readonly form?: 'dataUri' | 'bare' }
  /** The usual body blown up by a field of `bytes` characters; default a little over 1 MiB. */
  | { readonly kind: 'oversize'; readonly bytes?: number };

/** What the gateway may say in place of its usual body, before the request has any effect. */
export type RefusalFault =
  /** api.md 3.3, key rejected: HTTP 200 with `{code:"204", msg}`. */
  | { readonly kind: 'keyRejected' }
  /** api.md 3.3, key rejected, upstream style: HTTP 401 with an error object. */
  | { readonly kind: 'keyRejectedUpstream' }
  /** api.md 3.3, business error: HTTP 200 with a code; default 1001, asset URL unreachable. */
  | { readonly kind: 'businessError'; readonly code?: string | number; readonly msg?: string }
  /** api.md 3.3, insufficient balance; its form is a guess. */
  | { readonly kind: 'insufficientBalance' }
  /** api.md 3.3, unknown route: 404 with `{message:"No handler found for …"}`. */
  | { readonly kind: 'noHandler' }
  /** api.md 3.3, unknown or expired id: 404 in a guessed form. */
  | { readonly kind: 'unknownTask' }
  /** api.md 3.3, rate limit: 429, with a Retry-After header (seconds or an HTTP date) only if one is given. */
  | { readonly kind: 'rateLimited'; readonly retryAfter?: string }
  /** api.md 3.3: a JSON body with no status at all, HTTP 200. */
  | { readonly kind: 'noStatus' }
  /** The words of a gateway's front door, or of a relay; see `shapes.ts`. */
  | { readonly kind: 'refusal'; readonly form: RefusalName }
  /** Called JSON, but cut in the middle of a string. */
  | { readonly kind: 'brokenJson' };

/** What may go wrong with a file on the media origin. */
export type MediaFault =
  /** 403, the link is dead before its time (api.md 5). */
  | { readonly kind: 'expired' }
  /** The whole file at 200, although a range was asked for. */
  | { readonly kind: 'rangeIgnored' }
  /** 206, but with the bytes from the beginning of the file, and a Content-Range that says so. */
  | { readonly kind: 'rangeWrong' }
  /** The file changes at this request: new ETag and Last-Modified from here on, so that an If-Range of before fails. */
  | { readonly kind: 'etagChanged' }
  /** The file itself ends after that share (default half): the answer is right in all it says. */
  | { readonly kind: 'cutFile'; readonly afterShare?: number }
  | FormFault;

/** In which form the media origin may give a file that is right. */
export type FormFault =
  /** The body is encoded, though it was asked for as it is: met at proxies and content networks that compress all. */
  | { readonly kind: 'encoded'; readonly coding: Coding }
  /** The header says that the body is encoded, which it is not: met at content networks before plain object stores. */
  | { readonly kind: 'encodingLie'; readonly coding: Coding }
  /** 203 in place of 200: met at proxies that look into what they pass on (RFC 9110, 15.3.4). */
  | { readonly kind: 'status203' }
  /** 206 with the whole range to a request for the whole: met at content networks that fetch by ranges themselves. */
  | { readonly kind: 'whole206' }
  /** 206 with at most so many bytes, whatever was asked for: met at hosts that answer in slices. */
  | { readonly kind: 'part206'; readonly bytes: number }
  /** As `part206`, and the length of the whole is an asterisk: met where a file is still being copied. */
  | { readonly kind: 'unknownTotal'; readonly bytes: number }
  /** 206 as multipart/byteranges (RFC 9110, 14.6): met as an answer to a single range too. */
  | { readonly kind: 'multipart' }
  /** Neither ETag nor Last-Modified: met at relays that pass a file through. */
  | { readonly kind: 'unnamedVersion' }
  /** 403 for what HTTP libraries call themselves: met at hosts against robots. */
  | { readonly kind: 'agentRefused' };

/** How a body is encoded (RFC 9110, 8.4.1). */
export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** What may answer in place of either origin. */
export type StandInFault =
  /** api.md 3.3, proxy / maintenance: an HTML page; default status 200, `status: 502` for the proxy's own error. */
  | { readonly kind: 'html'; readonly status?: number }
  /** Any status, with the origin's usual wording of an error. */
  | { readonly kind: 'status'; readonly status: number }
  /** HTTP 200 and nothing after the headers. */
  | { readonly kind: 'emptyBody' }
  /** A redirect to any address; default status 302. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** A redirect to the very address that was asked for. */
  | { readonly kind: 'redirectLoop' };

/** What may happen on the way of an otherwise right answer. A share is 0..1 of the body. */
export type DeliveryFault =
  /** The answer comes `ms` (real) late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is reset after that share; without a share, before a single byte. */
  | { readonly kind: 'reset'; readonly afterShare?: number }
  /** That share is sent (default half), then nothing, and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterShare?: number }
  /** The whole length is promised, that share is sent (default half), and the connection ends in good order. */
  | { readonly kind: 'truncated'; readonly afterShare?: number }
  /** Content-Length is wrong by `by` bytes: positive promises more than is sent, negative less. */
  | { readonly kind: 'wrongLength'; readonly by: number }
  /** No Content-Length: the body comes in chunks. */
  | { readonly kind: 'noLength' }
  /** A slow line, in bytes a second (real). */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number };

/** Nothing goes wrong: a gap in a script. */
export interface NoFault {
  readonly kind: 'none';
}

/**
 * A fault of either origin. A stand-in or a refusal comes before the request has any effect: a create call makes no task. A
 * delivery fault comes after it: the task exists (and would be paid for) though the caller may never hear of it.
 */
export type Fault = BodyFault | RefusalFault | MediaFault | StandInFault | DeliveryFault | NoFault;

/** One fault that stands until it is cleared, or a list of which each request uses up one. */
export type FaultScript = Fault | readonly Fault[];

/** Whether it changes a usual body of the gateway. */
export const isBodyFault = ofKind<BodyFault>({
  wrapped: true,
  projectId: true,
  fields: true,
  milliseconds: true,
  completedWithoutUrl: true,
  unknownStatus: true,
  cancelled: true,
  errorObject: true,
  oversize: true,
  shape: true,
  inlineClip: true,
});

/** Whether the gateway says something else in place of its usual body. */
export const isRefusalFault = ofKind<RefusalFault>({
  keyRejected: true,
  keyRejectedUpstream: true,
  businessError: true,
  insufficientBalance: true,
  noHandler: true,
  unknownTask: true,
  rateLimited: true,
  noStatus: true,
  brokenJson: true,
  refusal: true,
});

const FORMS = {
  encoded: true,
  encodingLie: true,
  status203: true,
  whole206: true,
  part206: true,
  unknownTotal: true,
  multipart: true,
  unnamedVersion: true,
  agentRefused: true,
} as const;

/** Whether only the media origin can commit it. */
export const isMediaFault = ofKind<MediaFault>({
  expired: true,
  rangeIgnored: true,
  rangeWrong: true,
  etagChanged: true,
  cutFile: true,
  ...FORMS,
});

/** Whether it is a form of what is right. */
export const isFormFault = ofKind<FormFault>(FORMS);
/** Whether something else answers in place of either origin. */
export const isStandInFault = ofKind<StandInFault>({
  html: true,
  status: true,
  emptyBody: true,
  redirect: true,
  redirectLoop: true,
});

/** Whether it happens to a right answer on its way. */
export const isDeliveryFault = ofKind<DeliveryFault>({
  delay: true,
  reset: true,
  stall: true,
  truncated: true,
  wrongLength: true,
  noLength: true,
  slow: true,
});

/** The guard for one family of faults; the compiler sees to it that the list names the whole family and nothing else. */
function ofKind<Family extends Fault>(
  kinds: Readonly<Record<Family['kind'], true>>,
): (fault: Fault) => fault is Family {
  return (fault): fault is Family => fault.kind in kinds;
}
