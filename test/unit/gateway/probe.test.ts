import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, globalAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../src/base/clock.ts';
import { probe } from '../../../src/gateway/probe.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../fixtures/certificate.ts';
import { DEMO_KEY, startGateway } from '../../gateway/gateway.ts';

/** What a probe of an https server on this machine comes to. */
async function overHttps(): Promise<Awaited<ReturnType<typeof probe>>> {
  const server = createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_request, response) => {
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1/models`;
    return await probe(address, DEMO_KEY, systemClock, AbortSignal.timeout(30_000));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a probe of the gateway', () => {
  it('says how its connection is encrypted, and until when the certificate holds', async () => {
    globalAgent.options.ca = CERTIFICATE;
    try {
      const response = await overHttps();
      assert.ok('tls' in response);
      assert.deepEqual(response.tls, {
        protocol: 'TLSv1.3',
        issuer: 'Dailies tests',
        validTo: Date.UTC(2126, 10, 4, 4, 24, 45),
      });
    } finally {
      delete globalAgent.options.ca;
    }
  });

  it('says why there is none where the certificate is not trusted', async () => {
    const response = await overHttps();
    assert.match('failure' in response ? response.failure : '', /self[- ]signed certificate/);
  });

  it('gives the response as it is, and never the key', async () => {
    await using gateway = await startGateway();
    gateway.setFaults({ kind: 'redirect', to: `https://elsewhere.example/?key=${DEMO_KEY}` });
    const redirect = await probe(
      `${gateway.baseUrl}/v1/models`,
      DEMO_KEY,
      systemClock,
      AbortSignal.timeout(30_000),
    );
    assert.equal('status' in redirect ? redirect.status : 0, 302);
    assert.equal(gateway.requests.length, 1);
    assert.doesNotMatch(JSON.stringify(redirect), new RegExp(DEMO_KEY));
    gateway.setFaults({ kind: 'businessError', msg: `no such key: ${DEMO_KEY}` });
    const said = await probe(
      `${gateway.baseUrl}/v1/models`,
      DEMO_KEY,
      systemClock,
      AbortSignal.timeout(30_000),
    );
    assert.ok('body' in said);
    assert.doesNotMatch(JSON.stringify(said), new RegExp(DEMO_KEY));
  });

  it('rejects only when it is aborted', async () => {
    await using gateway = await startGateway();
    gateway.setFaults({ kind: 'delay', ms: 60_000 });
    const stop = new AbortController();
    const waiting = probe(`${gateway.baseUrl}/v1/models`, DEMO_KEY, systemClock, stop.signal);
    stop.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });
});
