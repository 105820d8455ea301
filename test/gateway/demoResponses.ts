import type { Fault } from './faults.ts';

/** A way in which a create request can go wrong in the demo: a prompt with `Gateway: WORD` in it brings it about. */
interface DemoResponse {
  readonly word: string;
  /** What the gateway does, and what Dailies shows, in plain words. */
  readonly story: string;
  readonly fault: Fault;
  /** Only the first request for it: the next is right. */
  readonly isOnce?: true;
}

export const DEMO_RESPONSES: readonly DemoResponse[] = [
  {
    word: 'reset',
    story: 'makes the video, and the connection breaks off: it may have been made',
    fault: { kind: 'reset' },
  },
  {
    word: '502',
    story: 'a proxy responds with its own page: it may have been made',
    fault: { kind: 'html', status: 502 },
  },
  {
    word: 'no id',
    story: 'makes the video, and the response has no task ID: it may have been made',
    fault: { kind: 'fields', fields: { id: undefined } },
  },
  {
    word: 'silence',
    story: 'makes the video, and does not respond: sending for 100 s, then it may have been made',
    fault: { kind: 'delay', ms: 600_000 },
  },
  {
    word: '429',
    story: 'too many requests: it waits for 20 s, and is sent then',
    fault: { kind: 'rateLimited', retryAfter: '20' },
    isOnce: true,
  },
  {
    word: 'refused',
    story: 'a clear error: it is refused, and the rest of a batch goes on',
    fault: { kind: 'businessError', code: 1001, msg: 'The image could not be opened.' },
  },
  {
    word: 'key',
    story: 'the key is rejected: it is refused, and the rest of a batch is held back',
    fault: { kind: 'keyRejected' },
  },
  {
    word: 'balance',
    story: 'the account is empty: it is refused, and the rest of a batch is held back',
    fault: { kind: 'insufficientBalance' },
  },
];

/** Gives what goes wrong with a create request, by its body. */
export function demoFaults(): (body: string) => Fault | undefined {
  const seen = new Set<string>();
  return body => {
    const word = /\bgateway: ?(\w+(?: id)?)/i.exec(body)?.[1]?.toLowerCase();
    const response = DEMO_RESPONSES.find(one => one.word === word);
    const isOver = response?.isOnce === true && seen.has(body);
    seen.add(body);
    return isOver ? undefined : response?.fault;
  };
}

/** A shot file with one shot for each of them, and one that nothing is wrong with. */
export function responsesShotFile(): string {
  const shots = DEMO_RESPONSES.map(
    ({ word, story }) =>
      `## ${word}\n\n<!-- The gateway ${story}. -->\nA ferry leaves the harbor. Gateway: ${word}\n`,
  );
  return [
    '---\nmodel: veo_3_1_fast\n---\n<!-- Each way in which the gateway can respond to a request for a video. -->\n',
    '## right\n\nA ferry leaves the harbor.\n',
    ...shots,
  ].join('\n');
}
