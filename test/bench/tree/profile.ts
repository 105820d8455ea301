import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** Names a file: where it is set, the extension host's CPU profile of its first half minute is written there. */
const PROFILE_VARIABLE = 'DAILIES_BENCH_PROFILE';

/** How long is profiled, ms. */
const PROFILED = 30_000;

/** Inside the extension host: records where its time goes, for looking into it by hand. */
export function profileWhenAsked(): void {
  const file = process.env[PROFILE_VARIABLE];
  if (file !== undefined) {
    void profile(file);
  }
}

async function profile(file: string): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await new Promise(done => setTimeout(done, PROFILED));
  const { profile: found } = await session.post('Profiler.stop');
  writeFileSync(file, JSON.stringify(found));
}
