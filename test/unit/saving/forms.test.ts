import assert from 'node:assert/strict';
import type { Fault } from '../../gateway/faults.ts';
import { DEMO_KEY } from '../../gateway/gateway.ts';
import { useStage } from './stage.ts';

describe('a clip in another form', () => {
  const stage = useStage();

  const forms: Fault[] = [
    ...(['gzip', 'deflate', 'br', 'zstd'] as const).flatMap((coding): Fault[] => [
      { kind: 'encoded', coding },
      { kind: 'encodingLie', coding },
    ]),
    { kind: 'status203' },
    { kind: 'whole206' },
    { kind: 'part206', bytes: 30_000 },
    { kind: 'unknownTotal', bytes: 30_000 },
    { kind: 'multipart' },
    { kind: 'unnamedVersion' },
    { kind: 'agentRefused' },
  ];
  for (const fault of forms) {
    it(`is saved at the first attempt: ${Object.values(fault).join(' ')}`, async () => {
      stage().gateway.setFaults(fault, 'media');
      stage().assertSaved(await stage().attemptNew());
    });
  }

  it('is saved where a redirect says where it is in raw UTF-8', async () => {
    const other = stage().gateway.addTask({ clip: 'tone', queuedS: 0, processingS: 0, linkStyle: 'plain' });
    const to = `${stage().gateway.mediaOrigin}/clips/${other}/tone.mp4?name=雨中的猫`;
    stage().gateway.setFaults([{ kind: 'redirect', to }], 'media');
    stage().assertSaved(await stage().attemptNew());
    const last = (await stage().downloads()).at(-1);
    assert.match(decodeURIComponent(last?.path ?? ''), /name=雨中的猫$/);
  });

  it('is saved from the gateway itself, which wants its key for it', async () => {
    const task = await stage().attemptNew({ linkStyle: 'relay' });
    stage().assertSaved(task);
    const last = stage().gateway.requests.at(-1);
    assert.deepEqual(
      [last?.path.endsWith('/content'), last?.headers.authorization],
      [true, `Bearer ${DEMO_KEY}`],
    );
  });

  it('is saved from the gateway also where its link leaves out the path that the gateway is below', async () => {
    const { key, videoUrl } = await stage().addTask({ linkStyle: 'relay' });
    const link = videoUrl?.replace('/kyyReactApiServer', '') ?? '';
    stage().store.update(key, { videoUrl: link });
    stage().assertSaved(await stage().attempt(key));
  });
});
