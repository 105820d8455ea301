import assert from 'node:assert/strict';
import { HOUR } from '../../../src/base/clock.ts';
import { RESPONSE_FORMS } from '../../../src/gateway/responseForm.ts';
import { isRefusalFault, type Fault } from '../../gateway/faults.ts';
import { DEMO_KEY, startGateway, type Gateway } from '../../gateway/gateway.ts';
import { refusals, shapes, type RefusalName, type ShapeName } from '../../gateway/shapes.ts';
import { NOON } from '../builders.ts';
import { aCheck, checkOf, finishedTask } from '../gateway/gatewayChecks.ts';
import { fakeVscode, useLanguage } from './fakeVscode.ts';
import { factsIn } from './reportFacts.ts';

fakeVscode();
const { gatewayReport } = await import('../../../src/views/gatewayReport.ts');
const { responseFormText } = await import('../../../src/views/responseFormText.ts');

describe('the report of a gateway check', () => {
  useLanguage('en');
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway();
  });

  afterEach(() => gateway.close());

  /** The report on the gateway, with a finished task in the list. */
  const report = async (fault?: Fault, key = DEMO_KEY, hosts = true): Promise<string> => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'plain', amount: 0.76 });
    if (fault) {
      gateway.setFaults(fault, isRefusalFault(fault) ? 'all' : id);
    }
    return gatewayReport(await checkOf(gateway, [finishedTask(gateway, id)], key), { hosts });
  };

  it('has a line for each thing that is looked at', async () => {
    const facts = factsIn(await report());
    const said = (name: string): string | undefined => facts.get(name);
    assert.deepEqual(
      [
        said('Your API key'),
        said('A wrong API key'),
        said('An unknown ID'),
        said('An unknown ID in the model center'),
        said('Response format'),
        said('Fields'),
        said('Charge'),
        said('Link expiry'),
        said('Redirects'),
        said('Resuming (Range)'),
        said('File version'),
        said('Requested again'),
        said('Rate limit headers'),
        said('Encryption (TLS)'),
        said('Proxy')?.startsWith('None set'),
      ],
      [
        'Accepted',
        'HTTP 200 · {code, msg} · read as: API key rejected · “登录验证失败”',
        'HTTP 404 · {code, message} · read as: unknown ID · “Task not found”',
        'HTTP 404 · {code, message} · read as: unknown ID · “Task not found”',
        '{id, status, video_url}',
        'id, object, created, model, status, video_url, actualDuration, amount, error',
        '0.76',
        'Not stated in the link',
        'None seen',
        'Supported',
        'ETag, Last-Modified',
        'The same link',
        'None seen',
        'Not used: the gateway is on this computer',
        true,
      ],
    );
    assert.match(said('An unknown address') ?? '', /^HTTP 404 · \{message: "No handler found…"\} · /);
    assert.match(said('Video server') ?? '', /^127\.0\.0\.1:\d+ · HTTP 206 · video\/mp4 · /);
    assert.match(said('Reachability') ?? '', /^Reached; typical response time \d+ ms$/);
  });

  it('has a line for each thing that no documentation says, with what was seen or why it was not', () => {
    const text = gatewayReport(aCheck(gateway.baseUrl), { hosts: true });
    const section = /## Not Documented\n\n(.*?)\n\n/s.exec(text)?.[1] ?? '';
    assert.deepEqual(
      [...factsIn(section).keys()],
      [
        'Response to an unknown ID',
        'Response when out of credit',
        'Rate limits',
        'Video server',
        'Prices',
        'Image formats and size limits',
        'Images for grok_video3_pro',
        'Text only for veo_3_1_fast_stable',
        'Model center tasks at the result endpoint',
        'Task retention',
      ],
    );
  });

  it('names each shape of the simulated gateway', async () => {
    const named = new Set<string>();
    for (const shape of Object.keys(shapes) as ShapeName[]) {
      named.add(factsIn(await report({ kind: 'shape', shape })).get('Response format') ?? '');
    }
    assert.equal(named.size, Object.keys(shapes).length, [...named].join('\n'));
    assert.ok([...named].every(text => RESPONSE_FORMS.some(form => responseFormText(form) === text)));
  });

  it('names each refusal of the simulated gateway, and what Dailies reads it as', async () => {
    const meanings: Record<string, string> = {};
    for (const form of Object.keys(refusals) as RefusalName[]) {
      const said = factsIn(await report({ kind: 'refusal', form })).get('An unknown ID') ?? '';
      meanings[form] = said.replace(/ · “.*$/, '');
    }
    assert.deepEqual(meanings, {
      apisix: 'HTTP 404 · APISIX {error_msg} · read as: unknown address',
      kong: 'HTTP 404 · Kong {message} · read as: unknown address',
      spring: 'HTTP 404 · Spring {timestamp, status, error, path} · read as: unknown address',
      fastApi: 'HTTP 404 · FastAPI {detail} · read as: unknown address',
      keyInEnvelope: 'HTTP 200 · {code, msg} · read as: API key rejected',
      rateInEnvelope: 'HTTP 200 · {code, msg} · read as: rate limited',
      serverInEnvelope: 'HTTP 200 · {code, msg} · read as: server error',
      credit401: 'HTTP 401 · {error: {code, message}} · read as: out of credit',
      credit403: 'HTTP 403 · {message} · read as: out of credit',
      foreignTask: 'HTTP 403 · {message} · read as: refused',
      deniedInEnvelope: 'HTTP 200 · {code, msg} · read as: unknown ID',
    });
  });

  it('says so when the gateway is down, slow in its way, or something else stands before it', async () => {
    const said = async (fault: Fault): Promise<string> => {
      gateway.setFaults(fault, 'all');
      const seen = await checkOf(gateway);
      return factsIn(gatewayReport(seen, { hosts: true })).get('An unknown ID') ?? '';
    };
    assert.match(await said({ kind: 'html', status: 502 }), /^HTTP 502 · web page · read as: server error/);
    assert.match(await said({ kind: 'emptyBody' }), /^HTTP 200 · empty response · read as: not JSON/);
    assert.match(
      await said({ kind: 'redirect', to: 'https://elsewhere.example/' }),
      /^HTTP 302 · empty response · read as: redirected/,
    );
    assert.match(await said({ kind: 'reset' }), /^No response: /);
    await gateway.close();
    const facts = factsIn(gatewayReport(await checkOf(gateway), { hosts: true }));
    assert.match(facts.get('Reachability') ?? '', /^Not reached: /);
    assert.equal(facts.get('Your API key'), 'Not checked');
  });

  it('says when the link was renewed, when it expires, and how long tasks are kept', async () => {
    // Links are signed by the second.
    const renewing = await startGateway({ renewLinks: true, speed: 100_000 });
    try {
      const [id, old] = [0, 1].map(() => renewing.addTask({ queuedS: 0, processingS: 0 }));
      const facts = factsIn(
        gatewayReport(
          await checkOf(renewing, [
            finishedTask(renewing, id ?? ''),
            finishedTask(renewing, old ?? '', {
              key: 2,
              createdAt: NOON - 50 * HOUR,
              completedSeenAt: NOON - 49 * HOUR,
            }),
          ]),
          { hosts: true },
        ),
      );
      assert.match(facts.get('Task retention') ?? '', /^After 2 d, the task is still known; its link: /);
      assert.match(facts.get('Requested again') ?? '', /^Another link; its expiry: .+, stated in the link$/);
    } finally {
      await renewing.close();
    }
  });

  it('says nothing of a file that the video server refuses, and names a charge that it has just seen', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, amount: 0.76 });
    const forged = finishedTask(gateway, id);
    const facts = factsIn(gatewayReport(await checkOf(gateway, [forged]), { hosts: false }));
    assert.equal(facts.get('Video server'), '‹host› · HTTP 403 · application/xml');
    assert.deepEqual(
      ['Resuming (Range)', 'File version'].map(name => facts.get(name)),
      [undefined, undefined],
    );
    assert.equal(facts.get('Prices'), 'Veo 3.1 Fast 0.76');
    assert.match(facts.get('Sent as') ?? '', /^Dailies\//);
  });

  it('has no key, ID or link in it, and no host either where that is wanted, however they are spelled', async () => {
    const id = gateway.addTask({ queuedS: 0, processingS: 0, linkStyle: 'aws' });
    const [first = '', ...rest] = DEMO_KEY;
    const spelled = [
      encodeURIComponent(DEMO_KEY).replaceAll('-', '%2D'),
      `\\u00${first.charCodeAt(0).toString(16)}${rest.join('')}`,
      id.replaceAll('_', '%5F'),
      id.toUpperCase(),
    ];
    const hostile = [
      `Bearer ${DEMO_KEY} may not see ${id} at https://secret.example/x?sig=1`,
      ...spelled,
      `${'x'.repeat(150)} ${id} ${id}`,
      'connect ECONNREFUSED 10.1.2.3:8443 or [2001:db8::7]:443 or 2001:db8::8 or ::1',
      'getaddrinfo ENOTFOUND intranet',
      'at xn--bcher-kva.example:8443, bücher.example, GATEWAY.Secret.Example. and proxy-1.corp.example',
      'task video_3f2c1b0a-1234-4abc-8def-001122334455 of 3f2c1b0a-1234-4abc-8def-001122334455',
    ];
    const secrets = new RegExp(
      `${DEMO_KEY}|${DEMO_KEY.slice(1)}|${id}|sig=|${id.slice(5, 20)}|4abc-8def`,
      'i',
    );
    const hosts = /\d+\.\d+\.\d+\.\d+|2001|::1|intranet|bcher|bücher|example|corp/i;
    for (const msg of hostile) {
      gateway.setFaults({ kind: 'businessError', msg }, 'all');
      const seen = await checkOf(gateway, [finishedTask(gateway, id)]);
      const [named, unnamed] = [true, false].map(hosts =>
        decoded(gatewayReport(seen, { hosts }).replaceAll('\\', '')),
      );
      assert.equal(secrets.exec(named ?? '')?.[0], undefined, msg);
      assert.match(named ?? '', /127\.0\.0\.1/);
      assert.equal(secrets.exec(unnamed ?? '')?.[0], undefined, msg);
      assert.equal(hosts.exec(unnamed ?? '')?.[0], undefined, msg);
    }
  });

  it('distinguishes what ended it', () => {
    const states = (['cancelled', 'paused', 'rateLimited', 'unreachable', null] as const).map(stopped =>
      factsIn(gatewayReport({ ...aCheck(gateway.baseUrl), stopped }, { hosts: true })).get('State'),
    );
    assert.equal(new Set(states).size, 5, states.join('\n'));
  });
});

/** A text with what was percent-encoded in it as it was before. */
function decoded(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, code => decodeURIComponent(code));
}
