import Mocha, { type Context, type Func, type AsyncFunc, type Runner, type Test } from 'mocha';
import { format } from 'node:util';
import { ask, projectPath, workbench } from '../bridgeClient.ts';
import type { SuiteEvent, SuiteFailure, SuitePlan } from '../bridgeProtocol.ts';
import { sourceStack } from './sourceStack.ts';

/** Runs the plan's test files with mocha in this extension host, and tells the launcher all that happens. */
export async function runMocha(plan: SuitePlan): Promise<void> {
  const { send, sent } = makeSender();
  const print = (...args: unknown[]): void => {
    send({ type: 'output', text: format(...args) });
  };
  // VS Code lets nobody replace the methods of its console, but the console as a whole.
  const original = globalThis.console;
  const printing = { value: print };
  globalThis.console = Object.create(original, {
    log: printing,
    info: printing,
    warn: printing,
    error: printing,
  }) as Console;
  Mocha.reporters.Base.consoleLog = print;
  process.setSourceMapsEnabled(true);
  try {
    const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: plan.color, timeout: plan.timeoutMs });
    if (plan.grep !== undefined) mocha.grep(new RegExp(plan.grep));
    for (const file of plan.files) mocha.addFile(file);
    await mocha.loadFilesAsync();
    if (mocha.suite.total() === 0) throw new Error(`There is no test in ${plan.files.join(', ')}`);

    mocha.suite.eachTest(pictureOnFailure);
    mocha.suite.beforeEach('tell the launcher', async function () {
      // Waited for, so that the launcher knows the name even of a test that blocks this process for good.
      send({ type: 'running', title: this.currentTest?.fullTitle() ?? '' });
      await sent();
    });
    mocha.suite.afterEach('take a picture', async function () {
      if (this.currentTest?.state === 'failed') await takePicture(this.currentTest);
    });
    send(await runToEnd(mocha, send));
  } finally {
    globalThis.console = original;
    await sent();
  }
}

async function runToEnd(mocha: Mocha, send: (event: SuiteEvent) => void): Promise<SuiteEvent> {
  const failures: SuiteFailure[] = [];
  const runner = await new Promise<Runner>(resolve => {
    const running: Runner = mocha.run(() => {
      resolve(running);
    });
    running.on('hook', hook => {
      send({ type: 'running', title: hook.fullTitle() });
    });
    running.on('fail', (test, error: Error) => {
      if (error.stack !== undefined) error.stack = sourceStack(error.stack, projectPath());
      failures.push({ title: test.fullTitle(), message: error.message });
    });
  });
  const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
  // A hook that fails is a failure too, though mocha's own count of tests leaves it out.
  return { type: 'ended', passed: passes, failed: failures.length, pending, failures };
}

const pictured = new WeakSet<Test>();

/**
 * Makes a test take a picture of the window at the moment it fails, before the suite's own hooks tidy up. A test that runs out of
 * time, or takes a callback, gets its picture afterwards.
 */
function pictureOnFailure(test: Test): void {
  const body: Func | AsyncFunc | undefined = test.fn;
  if (!body || body.length > 0) return;
  test.fn = async function (this: Context) {
    try {
      await (body as AsyncFunc).call(this);
    } catch (error) {
      if (!this.test?.isPending()) await takePicture(test);
      throw error;
    }
  };
}

async function takePicture(test: Test): Promise<void> {
  if (pictured.has(test)) return;
  pictured.add(test);
  const name = test
    .fullTitle()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 120);
  // A window that cannot be pictured must not hide why the test failed.
  await workbench()
    .screenshot(`${name}.png`)
    .catch((error: unknown) => {
      console.log(`No picture: ${String(error)}`);
    });
}

/** Sends events one after the other. `sent` resolves when the launcher has them all. */
function makeSender(): { send: (event: SuiteEvent) => void; sent: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    send: event => {
      last = last.then(() => ask({ type: 'event', event }));
    },
    sent: async () => {
      await last;
    },
  };
}
