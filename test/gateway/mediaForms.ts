import zlib from 'node:zlib';

import { type Answer, xmlError } from './answers.ts';
import type { Coding, FormFault } from './faults.ts';
import type { ReceivedRequest } from './receivedRequest.ts';

const ENCODE: Readonly<Record<Coding, (body: Buffer) => Buffer>> = {
  gzip: body => zlib.gzipSync(body),
  deflate: body => zlib.deflateSync(body),
  br: body => zlib.brotliCompressSync(body),
  zstd: body => zlib.zstdCompressSync(body),
};

/** What names a version. */
const NAMES: ReadonlySet<string> = new Set(['etag', 'last-modified']);

/** What HTTP libraries call themselves. */
const LIBRARY = /axios|node|undici|python|curl|^$/i;

/** A right answer with a file, or a part of it, in a form that hosts give it in as well. */
export function reform(fault: FormFault, answer: Answer, { headers }: ReceivedRequest): Answer {
  const { body, status } = answer;
  switch (fault.kind) {
    case 'encoded':
      return {
        ...withHeaders(answer, { 'content-encoding': fault.coding }),
        body: ENCODE[fault.coding](body),
      };
    case 'encodingLie':
      return withHeaders(answer, { 'content-encoding': fault.coding });
    case 'status203':
      return status === 200 ? { ...answer, status: 203 } : answer;
    case 'whole206':
      return status === 200 ? sliced(answer, body.length) : answer;
    case 'part206':
      return sliced(answer, fault.bytes);
    case 'unknownTotal': {
      const part = sliced(answer, fault.bytes);
      const range = part.headers['content-range']?.replace(/\d+$/, '*') ?? '';
      return part.status === 206 ? withHeaders(part, { 'content-range': range }) : part;
    }
    case 'multipart':
      return status === 206
        ? { ...answer, headers: { 'content-type': 'multipart/byteranges; boundary=THIS' } }
        : answer;
    case 'unnamedVersion': {
      const named = Object.entries(answer.headers).filter(([name]) => !NAMES.has(name));
      return { ...answer, headers: Object.fromEntries(named) };
    }
    case 'agentRefused':
      return LIBRARY.test(headers['user-agent'] ?? '') ? xmlError(403, 'AccessDenied', 'Robot') : answer;
  }
}

function withHeaders(answer: Answer, more: Answer['headers']): Answer {
  return { ...answer, headers: { ...answer.headers, ...more } };
}

/** The first bytes of an answer, as a part of the file. */
function sliced(answer: Answer, bytes: number): Answer {
  const body = answer.body.subarray(0, bytes);
  if (answer.status !== 200 && answer.status !== 206) return answer;
  const [, start = '0', total = String(answer.body.length)] =
    /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.headers['content-range'] ?? '') ?? [];
  const last = Number(start) + body.length - 1;
  const headers = { ...answer.headers, 'content-range': `bytes ${start}-${last}/${total}` };
  return { status: 206, headers, body };
}
