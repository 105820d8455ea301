/** The worker in which foreign files are looked into: for each path that it is sent it answers with a verdict. */
import { parentPort } from 'node:worker_threads';
import { examine } from './verify.ts';

parentPort?.on('message', (path: string) => {
  void examine(path).then(verdict => {
    parentPort?.postMessage(verdict);
  });
});
