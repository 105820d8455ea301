import assert from 'node:assert/strict';
import type { DeliveryFault, Fault, MediaFault, StandInFault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { checkOf, finishedTask } from '../gateway/gatewayChecks.ts';
import { factsIn } from './reportFacts.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';

fakeVscode();
const { gatewayReport } = await import('../../../src/views/gatewayReport.ts');

/** What a report says of a fault; the compiler sees to it that no fault of the simulated gateway is left out. */
type Said<F extends Fault> = Readonly<{
  [Kind in F['kind']]: readonly [fault: Extract<F, { kind: Kind }>, says: RegExp];
}>;

/** What is right, by its two bytes; and what begins so. */
const RIGHT = /^HTTP 206 · video\/mp4 · 229 kB \| Supported \| ETag, Last-Modified \| None seen$/;

const OF_FILES: Said<MediaFault> = {
  expired: [{ kind: 'expired' }, /^HTTP 403 · application\/xml/],
  rangeIgnored: [{ kind: 'rangeIgnored' }, /^HTTP 200 · .*Not supported: the whole file came/],
  rangeWrong: [{ kind: 'rangeWrong' }, /^HTTP 206 · .*Not supported: other bytes came/],
  // One request sees nothing of a later one, and two bytes nothing of those after them.
  etagChanged: [{ kind: 'etagChanged' }, RIGHT],
  cutFile: [{ kind: 'cutFile' }, /^HTTP 206 · video\/mp4 · 114 kB/],
  encoded: [{ kind: 'encoded', coding: 'gzip' }, /^HTTP 206 · video\/mp4 · gzip · /],
  encodingLie: [{ kind: 'encodingLie', coding: 'br' }, /^HTTP 206 · video\/mp4 · br · /],
  // It is only said of whole files.
  status203: [{ kind: 'status203' }, RIGHT],
  whole206: [{ kind: 'whole206' }, RIGHT],
  part206: [{ kind: 'part206', bytes: 1 }, RIGHT],
  unknownTotal: [{ kind: 'unknownTotal', bytes: 1 }, /^HTTP 206 · video\/mp4 \| Supported/],
  multipart: [
    { kind: 'multipart' },
    /multipart\/byteranges.*Not supported: the response doesn't state its range/,
  ],
  unnamedVersion: [{ kind: 'unnamedVersion' }, / \| Not stated \| /],
  agentRefused: [{ kind: 'agentRefused' }, RIGHT],
};

const INSTEAD_OF_FILES: Said<StandInFault> = {
  html: [{ kind: 'html' }, /^HTTP 200 · text\/html; charset=utf-8 · 149 byte \|  \|  \| None seen$/],
  status: [{ kind: 'status', status: 500 }, /^HTTP 500/],
  emptyBody: [{ kind: 'emptyBody' }, /^HTTP 200 · 0 byte/],
  redirect: [
    { kind: 'redirect', to: 'https://no-such-host.invalid/x' },
    /^Download failed: .* \| 127\.0\.0\.1:\d+ → no-such-host\.invalid$/,
  ],
  redirectLoop: [{ kind: 'redirectLoop' }, /^The video link was redirected more than 5 times\./],
};

const INSTEAD_OF_GATEWAYS: Said<StandInFault> = {
  html: [{ kind: 'html' }, /^HTTP 200 · web page · read as: not JSON/],
  status: [{ kind: 'status', status: 503 }, /^HTTP 503 · .* · read as: server error/],
  emptyBody: [{ kind: 'emptyBody' }, /^HTTP 200 · empty response · read as: not JSON/],
  redirect: [{ kind: 'redirect', to: 'https://login.example/' }, /^HTTP 302 · .* · read as: redirected/],
  redirectLoop: [{ kind: 'redirectLoop' }, /^HTTP 302 · .* · read as: redirected/],
};

const ON_THE_WAY: Said<DeliveryFault> = {
  delay: [{ kind: 'delay', ms: 20 }, /^HTTP 404 · .* · read as: unknown ID/],
  reset: [{ kind: 'reset' }, /^No response: .*ECONNRESET/],
  stall: [{ kind: 'stall' }, /^No response: timed out$/],
  truncated: [{ kind: 'truncated' }, /^No response: /],
  wrongLength: [{ kind: 'wrongLength', by: 5 }, /^No response: /],
  noLength: [{ kind: 'noLength' }, /^HTTP 404 · .* · read as: unknown ID/],
  slow: [{ kind: 'slow', bytesPerSecond: 5 }, /^No response: timed out$/],
};

describe('the report of a gateway check, on each variant of the simulated gateway', () => {
  useLanguage('en');
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway();
  });

  afterEach(() => gateway.close());

  /** What a report says of the video of a finished task, whose requests have a fault. */
  const ofFile = async (fault: Fault): Promise<string> => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'plain' });
    gateway.setFaults(fault, 'media');
    const facts = factsIn(
      gatewayReport(await checkOf(gateway, [finishedTask(gateway, id)]), { hosts: true }),
    );
    const lines = ['Video server', 'Resuming (Range)', 'File version', 'Redirects'];
    return lines
      .map(name => facts.get(name) ?? '')
      .join(' | ')
      .replace(/^127\.0\.0\.1:\d+ · /, '');
  };

  for (const [kind, [fault, says]] of Object.entries({ ...OF_FILES, ...INSTEAD_OF_FILES })) {
    it(`says of a video whose server is of the kind ${kind} what two bytes show`, async () => {
      assert.match(await ofFile(fault), says);
    });
  }

  for (const [kind, [fault, says]] of Object.entries({ ...INSTEAD_OF_GATEWAYS, ...ON_THE_WAY })) {
    it(`says of a gateway of the kind ${kind} how it responds`, async () => {
      gateway.setFaults(fault, 'all');
      const isSlow = kind === 'stall' || kind === 'slow';
      const seen = await checkOf(gateway, [], DEMO_KEY, isSlow ? 100 : undefined);
      assert.match(factsIn(gatewayReport(seen, { hosts: true })).get('An unknown ID') ?? '', says);
    });
  }

  it('names where a video is led to, host by host', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'plain' });
    gateway.setFaults(
      [{ kind: 'redirect', to: `${gateway.mediaOrigin}/clips/${id}/landscape.mp4?again=1` }],
      'media',
    );
    const seen = await checkOf(gateway, [finishedTask(gateway, id)]);
    const facts = factsIn(gatewayReport(seen, { hosts: false }));
    assert.equal(facts.get('Redirects'), '‹host› → ‹host›');
    assert.equal(facts.get('Resuming (Range)'), 'Supported');
  });
});
