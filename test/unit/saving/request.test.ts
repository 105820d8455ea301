import assert from 'node:assert/strict';
import dns from 'node:dns/promises';
import { once } from 'node:events';
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { mock } from 'node:test';
import tls from 'node:tls';
import type { MediaRules } from '../../../src/saving/mediaRules.ts';
import { requestMedia } from '../../../src/saving/request.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../fixtures/certificate.ts';

const KEY = 'secret-key';

/** One server for all: `path` is answered with a status, and `to` where it redirects. */
type Script = Record<string, { status?: number; to?: string; onlyWith?: string } | undefined>;

describe('a request to a media host', () => {
  const trusted = tls.getCACertificates('default');
  let plain: Server;
  let secure: https.Server;
  let script: Script;
  /** Where each request went, with its key. */
  let asked: string[];
  let agents: (string | undefined)[];

  const answer =
    (scheme: string): RequestListener =>
    (request: IncomingMessage, response) => {
      const { host = '', authorization } = request.headers;
      asked.push(`${scheme}://${host.replace(/:.*/, '')}${request.url ?? ''} ${authorization ?? ''}`.trim());
      agents.push(request.headers['user-agent']);
      const { status = 200, to, onlyWith } = script[request.url ?? ''] ?? { status: 404 };
      const isFit = onlyWith === undefined || authorization === onlyWith;
      response.statusCode = isFit ? status : 401;
      if (to !== undefined) {
        response.statusCode = 302;
        // As it is on the wire: Node takes each character for a byte.
        response.setHeader('Location', Buffer.from(to, 'utf8').toString('latin1'));
      }
      // Not as a text: Node would send the head along with it, as UTF-8.
      response.end(Buffer.from('body'));
    };

  before(async () => {
    tls.setDefaultCACertificates([...trusted, CERTIFICATE]);
    // The name service of a network in which hosts of the internet are this machine.
    const lookup = (name: string): Promise<{ address: string; family: number }[]> =>
      name.endsWith('.test')
        ? Promise.resolve([{ address: '127.0.0.1', family: 4 }])
        : Promise.reject(new Error(`no ${name}`));
    mock.method(dns, 'lookup', lookup as unknown as typeof dns.lookup);
    syncBuiltinESMExports();
    plain = http.createServer(answer('http'));
    secure = https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, answer('https'));
    for (const server of [plain, secure]) {
      await once(server.listen(0, '127.0.0.1'), 'listening');
    }
  });

  after(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
    tls.setDefaultCACertificates(trusted);
    for (const server of [plain, secure]) {
      server.closeAllConnections();
      server.close();
    }
  });

  beforeEach(() => {
    script = {};
    asked = [];
    agents = [];
  });

  const portOf = (server: Server): number => (server.address() as AddressInfo).port;
  /** An address on the secure server, under any of its names. */
  const at = (host: string, path: string, scheme = 'https'): string =>
    `${scheme}://${host}:${portOf(secure)}${path}`;
  const gateway = (): NonNullable<MediaRules['gateway']> => ({
    base: at('gateway.test', '/api'),
    key: () => Promise.resolve(KEY),
  });

  /** What came, or why nothing did. */
  const ask = async (link: string, rules: Partial<MediaRules> = {}): Promise<string> => {
    try {
      const all = { allowLoopback: true, largest: 1000, ...rules };
      const response = await requestMedia(link, {}, all, new AbortController().signal);
      return `${response.status} ${(await buffer(response.body)).toString()}`;
    } catch (error) {
      return (error as Error).message.replace(/:\d+/, '');
    }
  };

  it('names Dailies', async () => {
    script = { '/a.mp4': {} };
    await ask(at('media.test', '/a.mp4'));
    assert.match(agents[0] ?? '', /^Dailies\//);
  });

  describe('by an http link', () => {
    it('goes over https', async () => {
      script = { '/a.mp4': {} };
      assert.equal(await ask(at('media.test', '/a.mp4', 'http')), '200 body');
      assert.deepEqual(asked, ['https://media.test/a.mp4']);
    });

    it('refuses the link if nothing responds over https', async () => {
      script = { '/a.mp4': {} };
      const link = `http://user:secret@media.test:${portOf(plain)}/a.mp4?sign=secret`;
      assert.equal(await ask(link), 'refusedLink: http://media.test/a.mp4');
      assert.deepEqual(asked, []);
    });

    it('goes to this computer as the link says, and over https if that is what it speaks', async () => {
      script = { '/a.mp4': {} };
      assert.equal(await ask(`http://127.0.0.1:${portOf(plain)}/a.mp4`), '200 body');
      assert.equal(await ask(at('127.0.0.1', '/a.mp4', 'http')), '200 body');
      assert.deepEqual(asked, ['http://127.0.0.1/a.mp4', 'https://127.0.0.1/a.mp4']);
    });

    it('goes over https also where a redirect leads to http', async () => {
      script = { '/a.mp4': { to: at('media.test', '/b.mp4', 'http') }, '/b.mp4': {} };
      assert.equal(await ask(at('media.test', '/a.mp4')), '200 body');
      assert.deepEqual(asked, ['https://media.test/a.mp4', 'https://media.test/b.mp4']);
    });

    it('refuses a redirect from https to the same over http at once', async () => {
      script = { '/a.mp4': { to: at('media.test', '/a.mp4', 'http') } };
      assert.equal(await ask(at('media.test', '/a.mp4')), 'refusedLink: http://media.test/a.mp4');
      assert.equal(asked.length, 1);
    });
  });

  describe('that redirects', () => {
    const targets: [string, string, string][] = [
      ['to a path', '/b.mp4', '/b.mp4'],
      ['to a name beside it', 'b.mp4', '/b.mp4'],
      ['with raw UTF-8', '/视频.mp4', '/%E8%A7%86%E9%A2%91.mp4'],
      ['with raw UTF-8 and escapes', '/é%20b.mp4?n=视', '/%C3%A9%20b.mp4?n=%E8%A7%86'],
    ];
    for (const [name, to, path] of targets) {
      it(`is followed ${name}`, async () => {
        script = { '/a.mp4': { to }, [path]: {} };
        const hex = (text: string): string => text.replace(/%[0-9a-f]{2}/gi, code => code.toUpperCase());
        const reached = await ask(at('media.test', '/a.mp4'));
        assert.equal(hex(asked.at(-1) ?? ''), `https://media.test${path}`);
        assert.match(reached, /^(200|404) body$/);
      });
    }

    it('is followed to another host by a link without a scheme', async () => {
      script = { '/a.mp4': { to: at('gateway.test', '/b.mp4', '').slice(1) }, '/b.mp4': {} };
      assert.equal(await ask(at('media.test', '/a.mp4')), '200 body');
      assert.deepEqual(asked.at(-1), 'https://gateway.test/b.mp4');
    });
  });

  describe('that is the gateway', () => {
    const bearer = `Bearer ${KEY}`;

    it('sends its key, and to nobody else', async () => {
      script = { '/api/a.mp4': { onlyWith: bearer }, '/b.mp4': {} };
      assert.equal(await ask(at('gateway.test', '/api/a.mp4'), { gateway: gateway() }), '200 body');
      await ask(at('media.test', '/b.mp4'), { gateway: gateway() });
      assert.deepEqual(asked, [`https://gateway.test/api/a.mp4 ${bearer}`, 'https://media.test/b.mp4']);
    });

    it('does not send it to the same name at another port, nor over http', async () => {
      script = { '/a.mp4': {} };
      const other = `http://127.0.0.1:${portOf(plain)}`;
      const base = at('127.0.0.1', '/api');
      await ask(`${other}/a.mp4`, { gateway: { base, key: () => Promise.resolve(KEY) } });
      assert.deepEqual(asked, ['http://127.0.0.1/a.mp4']);
    });

    it('drops it at a redirect to elsewhere, for good', async () => {
      script = {
        '/api/a.mp4': { to: at('media.test', '/b.mp4') },
        '/b.mp4': { to: at('gateway.test', '/api/c.mp4') },
        '/api/c.mp4': {},
      };
      await ask(at('gateway.test', '/api/a.mp4'), { gateway: gateway() });
      assert.deepEqual(asked, [
        `https://gateway.test/api/a.mp4 ${bearer}`,
        'https://media.test/b.mp4',
        'https://gateway.test/api/c.mp4',
      ]);
    });

    it('gets a request without it if it does not want it', async () => {
      script = { '/api/a.mp4': { onlyWith: '' } };
      script['/api/a.mp4'] = { status: 400 };
      assert.equal(await ask(at('gateway.test', '/api/a.mp4'), { gateway: gateway() }), '400 body');
      assert.deepEqual(asked, [`https://gateway.test/api/a.mp4 ${bearer}`, 'https://gateway.test/api/a.mp4']);
    });

    it('gets no key that nobody has entered', async () => {
      script = { '/api/a.mp4': {} };
      const { base } = { base: at('gateway.test', '/api') };
      const keyless = { base, key: () => Promise.resolve(undefined) };
      assert.equal(await ask(at('gateway.test', '/api/a.mp4'), { gateway: keyless }), '200 body');
      assert.deepEqual(asked, ['https://gateway.test/api/a.mp4']);
    });

    for (const [path, other] of [
      ['/v1/a.mp4', '/api/v1/a.mp4'],
      ['/api/v1/a.mp4', '/v1/a.mp4'],
    ] as const) {
      it(`is requested in the other place if there is nothing at ${path}`, async () => {
        script = { [other]: { onlyWith: bearer } };
        assert.equal(await ask(at('gateway.test', path), { gateway: gateway() }), '200 body');
        assert.deepEqual(
          asked,
          [path, other].map(one => `https://gateway.test${one} ${bearer}`),
        );
      });
    }
  });
});
