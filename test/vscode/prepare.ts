// Fetches what the tests in VS Code and in a browser need, before several of them begin at the same moment.
import { resolve } from 'node:path';
import { ffmpeg } from '../media/ffmpeg.ts';
import { findBrowser, findHeadlessShell, installHeadlessShell } from './browser.ts';
import { provisionServer } from './provision.ts';

await provisionServer(resolve(import.meta.dirname, '../..'));
await installHeadlessShell();
await ffmpeg('-version');
console.log(`The browser is ${await findBrowser()}, that of pages ${await findHeadlessShell()}`);
