import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { isTappable, pour, tappableAgents, type Sink } from '../../../src/saving/tap.ts';

/** Has room for one piece at a time, and for the next one only a turn later. */
class SlowSink implements Sink {
  readonly pieces: Buffer[] = [];
  room: Buffer;
  onRoom: () => void = () => undefined;
  readonly failed = new Promise<never>(() => undefined);
  /** How often bytes had to wait. */
  waits = 0;
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.room = Buffer.alloc(size);
  }

  took(count: number): void {
    this.pieces.push(this.room.subarray(0, count));
    this.room = this.room.subarray(count);
    if (this.room.length === 0) {
      this.waits++;
      setImmediate(() => {
        this.room = Buffer.alloc(this.size);
        this.onRoom();
      });
    }
  }
}

/** Both sides know a secret: TLS without a certificate. */
const TLS = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
const SECRET = Buffer.from('not a secret');

/** Media hosts, and how each is asked. */
const HOSTS = {
  http: {
    server: http.createServer(),
    ask: (port: number) => http.get({ host: '127.0.0.1', port, agent: tappableAgents.httpAgent }),
  },
  https: {
    server: https.createServer({ ...TLS, pskCallback: () => SECRET }),
    ask: (port: number) => {
      const psk: ConnectionOptions = {
        ...TLS,
        checkServerIdentity: () => undefined,
        pskCallback: () => ({ psk: SECRET, identity: 'test' }),
      };
      return https.get({ host: '127.0.0.1', port, agent: tappableAgents.httpsAgent, ...psk });
    },
  },
};

for (const [protocol, { server, ask }] of Object.entries(HOSTS)) {
  describe(`a body that comes by ${protocol} faster than it can be kept`, () => {
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
      server.close();
    });

    for (const size of [2_000, 50_000, 1_000_000]) {
      it(`is kept whole, where there is room for ${size} bytes at a time`, async () => {
        const request = ask((server.address() as AddressInfo).port);
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        assert.ok(isTappable(response));
        const sink = new SlowSink(size);
        await pour(response, body.length, sink, () => undefined);
        response.destroy();
        assert.deepEqual([Buffer.concat(sink.pieces).equals(body), sink.waits], [true, body.length / size]);
      });
    }
  });
}
