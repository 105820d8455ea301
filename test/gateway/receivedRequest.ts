import type { IncomingHttpHeaders } from 'node:http';

/** A request with its body read. */
export interface ReceivedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** In full, with origin and query. */
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One segment of a path without its escapes; with a broken escape it is left as it is, and so matches nothing. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
