/** A part of a file: first and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header against a file of `size` bytes (RFC 9110, section 14). A header that is absent, in another unit, malformed
 * or asks for several parts at once counts as none, which the standard allows.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!first && !last) return undefined;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (first && last && Number(last) < start) return undefined;
  return start < size ? { start, end } : 'unsatisfiable';
}

/** The beginning of a body; a share is 0..1 of it, default half. */
export function share(body: Buffer, afterShare = 0.5): Buffer {
  return body.subarray(0, Math.floor(body.length * afterShare));
}
