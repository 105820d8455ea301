/** The worker in which foreign files are looked into: it responds to each path with a verdict, or with the facts that are wanted. */
import { parentPort } from 'node:worker_threads';
import type { CheckRequest } from './clipChecker.ts';
import { readVideoFacts } from './readVideoFacts.ts';
import { examine } from './verify.ts';

parentPort?.on('message', (request: CheckRequest) => {
  void (typeof request === 'string' ? examine(request) : readVideoFacts(request.factsOf)).then(reply => {
    parentPort?.postMessage(reply);
  });
});
