import { type Answer, htmlPage } from './answers.ts';
import type { StandInFault } from './faults.ts';

/**
 * The answer that comes in place of an origin's own. `address` is the full address that was asked for; `error` words a bare
 * status the origin's way.
 */
export function standIn(fault: StandInFault, address: string, error: (status: number) => Answer): Answer {
  switch (fault.kind) {
    case 'html':
      return htmlPage(fault.status ?? 200);
    case 'status':
      return error(fault.status);
    case 'emptyBody':
      return { status: 200, headers: {}, body: Buffer.alloc(0) };
    case 'redirect':
      return {
        status: fault.status ?? 302,
        headers: { location: onTheWire(fault.to) },
        body: Buffer.alloc(0),
      };
    case 'redirectLoop':
      return { status: 302, headers: { location: address }, body: Buffer.alloc(0) };
  }
}

/** A header is bytes: what is not ASCII goes as raw UTF-8, as some hosts send it. Node takes each character for a byte. */
function onTheWire(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
