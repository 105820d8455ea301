// Fetches what the tests in VS Code and in a browser need, before several of them begin at the same moment.
import { resolve } from 'node:path';
import { findBrowser, findHeadlessShell, installHeadlessShell } from './browser.ts';
import { provisionServer } from './provision.ts';

await provisionServer(resolve(import.meta.dirname, '../..'));
await installHeadlessShell();
console.log(`The browser is ${await findBrowser()}, that of pages ${await findHeadlessShell()}`);
