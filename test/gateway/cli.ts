/** `node test/gateway/cli.ts [--port N] [--media-port N] [--speed N] [--demo]` runs the simulated gateway until interrupted. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { addDemoTasks, plausibleTask } from './demo.ts';
import { DEMO_RESPONSES, demoFaults } from './demoResponses.ts';
import { DEMO_KEY, startGateway } from './gateway.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'media-port': { type: 'string', default: '0' },
    speed: { type: 'string', default: '1' },
    demo: { type: 'boolean', default: false },
  },
});

const gateway = await startGateway({
  port: Number(values.port),
  mediaPort: Number(values['media-port']),
  speed: Number(values.speed),
  createdTasks: plausibleTask,
  createFault: demoFaults(),
});
console.log(`Gateway address  ${gateway.baseUrl}`);
console.log(`API key          ${DEMO_KEY}`);
console.log(`Media origin     ${gateway.mediaOrigin}`);
if (values.demo) {
  for (const { id, model, prompt, story } of addDemoTasks(gateway)) {
    console.log(`\n${id}\n  ${model}: ${prompt}\n  ${story}`);
  }
  console.log('\nA video whose prompt has one of these in it goes wrong:');
  for (const { word, story } of DEMO_RESPONSES) {
    console.log(`  Gateway: ${word.padEnd(8)} ${story}`);
  }
}
console.log('\nStop with Ctrl+C.');

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await gateway.close();
