import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEMO_KEY } from '../gateway/gateway.ts';
import { DEMO_SPEED, demoSettings, makeVsix, startDemoGateway } from './demo.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Starts a downloaded desktop VS Code with Dailies installed from its VSIX, in a profile of its own, and ends with it.
 * Needs the internet for the download; never run where VS Code cannot be downloaded.
 */
export async function startDesktop(options: { readonly real: boolean }): Promise<void> {
  const profile = join(root, '.vscode-test', options.real ? 'real-desktop' : 'demo-desktop');
  const extensions = join(profile, 'extensions');
  const executable = await downloadAndUnzipVSCode();
  const [cli = executable, ...before] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const own = ['--user-data-dir', profile, '--extensions-dir', extensions];
  spawnSync(cli, [...before, ...own, '--install-extension', makeVsix(), '--force'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (options.real) {
    await once(spawn(executable, own, { stdio: 'ignore' }), 'exit');
    return;
  }
  const { gateway, tasks } = await startDemoGateway(DEMO_SPEED);
  mkdirSync(join(profile, 'User'), { recursive: true });
  writeFileSync(
    join(profile, 'User/settings.json'),
    JSON.stringify(demoSettings(gateway, join(profile, 'clips'), DEMO_SPEED)),
  );
  console.log(`Demo key: ${DEMO_KEY}\nTasks:    ${tasks.map(task => task.id).join(' ')}`);
  await once(spawn(executable, own, { stdio: 'ignore' }), 'exit');
  await gateway.close();
}
