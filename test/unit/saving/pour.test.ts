import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { pour } from '../../../src/saving/body.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../fixtures/certificate.ts';

/** Media hosts, and how each is asked. */
const HOSTS = {
  http: {
    server: http.createServer(),
    ask: (port: number) => http.get({ host: '127.0.0.1', port }),
  },
  https: {
    server: https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }),
    ask: (port: number) => https.get({ host: '127.0.0.1', port, ca: CERTIFICATE }),
  },
};

for (const [protocol, { server, ask }] of Object.entries(HOSTS)) {
  describe(`a body that comes by ${protocol}`, () => {
    // 251 is prime: no piece begins as another does.
    const pattern = Buffer.from(Array.from({ length: 251 }, (_byte, index) => index));
    const body = Buffer.alloc(10_000_000, pattern);

    before(async () => {
      server.on('request', (_request, response) => {
        response.writeHead(200, { 'Content-Length': body.length }).end(body);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
    });

    after(() => {
      server.closeAllConnections();
      server.close();
    });

    /** What came; each `every`-th chunk takes a turn to be taken. */
    const take = async (every: number): Promise<{ whole: Buffer; chunks: Buffer[]; waits: number }> => {
      const [response] = (await once(ask((server.address() as AddressInfo).port), 'response')) as [
        IncomingMessage,
      ];
      const copies: Buffer[] = [];
      const chunks: Buffer[] = [];
      let waits = 0;
      const keep = (chunk: Buffer): Promise<void> | undefined => {
        chunks.push(chunk);
        if (chunks.length % every !== 0) {
          copies.push(Buffer.from(chunk));
          return undefined;
        }
        waits++;
        return setImmediate().then(() => {
          copies.push(Buffer.from(chunk));
        });
      };
      await pour({ stream: response, isEncoded: false }, keep, () => false);
      return { whole: Buffer.concat(copies), chunks, waits };
    };

    for (const every of [1, 3, Infinity]) {
      it(`is kept whole, where taking every ${every}. chunk takes its time`, async () => {
        const { whole, waits } = await take(every);
        assert.ok(whole.equals(body));
        assert.equal(waits > 0, every !== Infinity);
      });
    }

    it('holds no memory that was taken', async () => {
      const { chunks } = await take(Infinity);
      const held = chunks.reduce((sum, { length }) => sum + length, 0);
      assert.ok(held < body.length / 10, `${held} bytes`);
    });
  });
}
