import type { IncomingHttpHeaders } from 'node:http';

/** Which of the two servers was asked. */
export type Origin = 'gateway' | 'media';

/** A request as it arrived, and what became of it. */
export interface RecordedRequest {
  /** When it arrived, in simulated ms since the epoch. */
  readonly at: number;
  /** The same in real ms. */
  readonly realAt: number;
  readonly origin: Origin;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The text of the body; empty if there was none. */
  readonly body: string;
  /** The status sent; undefined while nothing has been sent, and for ever if the connection was reset before. */
  readonly status: number | undefined;
  /** Bytes of the body handed to the connection so far. After a reset not all of them need have arrived. */
  readonly bytesSent: number;
  /** Whether the exchange is over: answered, broken off, or given up by the client. */
  readonly isOver: boolean;
}

/** The recorder's own, writable view of a record. */
export type OpenRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Keeps every request in order of arrival. */
export class Recorder {
  private readonly records: OpenRecord[] = [];
  private readonly waiting = new Set<(request: RecordedRequest) => void>();

  get requests(): readonly RecordedRequest[] {
    return this.records;
  }

  /** Opens a record; the exchange fills in what becomes of it. */
  open(request: Omit<RecordedRequest, 'status' | 'bytesSent' | 'isOver'>): OpenRecord {
    const record: OpenRecord = { ...request, status: undefined, bytesSent: 0, isOver: false };
    this.records.push(record);
    return record;
  }

  /** Marks an exchange as over and tells whoever waits for it. */
  close(record: OpenRecord): void {
    record.isOver = true;
    for (const tell of [...this.waiting]) tell(record);
  }

  /** The next exchange that ends from now on and fits. */
  next(fits: (request: RecordedRequest) => boolean): Promise<RecordedRequest> {
    return new Promise(resolve => {
      const tell = (request: RecordedRequest): void => {
        if (!fits(request)) return;
        this.waiting.delete(tell);
        resolve(request);
      };
      this.waiting.add(tell);
    });
  }
}
