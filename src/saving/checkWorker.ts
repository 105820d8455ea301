/** The worker in which foreign files are looked into: it responds to each path with a verdict. */
import { parentPort } from 'node:worker_threads';
import { examine } from './verify.ts';

parentPort?.on('message', (path: string) => {
  void examine(path).then(verdict => {
    parentPort?.postMessage(verdict);
  });
});
