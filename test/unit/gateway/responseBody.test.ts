import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestTask } from '../../../src/gateway/client.ts';
import type { Reply } from '../../../src/tasks/reply.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import { ListLog } from '../builders.ts';

/** What comes of an answer of which only this arrives before the connection breaks. */
async function cutOff(text: string): Promise<Reply> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': String(10 * text.length + 1000) });
    response.write(text, () => {
      response.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await requestTask({ gateway, id: 'vgen_1' }, DEMO_KEY, AbortSignal.timeout(30_000), new ListLog());
  } finally {
    server.close();
  }
}

describe('a response that breaks off', () => {
  const data = 'AAAAIGZ0eXBpc29t'.repeat(20_000);

  it('amid the clip in it is known as far as it came', async () => {
    const reply = await cutOff(
      `{"id":"vgen_1","status":"completed","data":[{"note":"a \\"b\\" {","video_url":"data:video/mp4;base64,${data}`,
    );
    assert.ok('response' in reply, JSON.stringify(reply));
    const { generation, videoUrl, raw } = reply.response;
    assert.deepEqual([generation, videoUrl], ['completed', 'data:video/mp4,vgen_1#0']);
    assert.doesNotThrow(() => JSON.parse(raw) as unknown);
  });

  it('before it says how the task is doing says nothing of it', async () => {
    const reply = await cutOff(`{"id":"vgen_1","video_url":"data:video/mp4;base64,${data}`);
    assert.deepEqual([reply.kind, 'problem' in reply && reply.problem], ['requestFailed', 'unexpected']);
  });

  it('amid its words is a matter of the network', async () => {
    const reply = await cutOff('{"id":"vgen_1","status":"completed","error":"a b');
    assert.deepEqual([reply.kind, 'problem' in reply && reply.problem], ['requestFailed', 'network']);
  });
});
