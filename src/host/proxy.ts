import { workspace } from 'vscode';

/** The environment variables that name a proxy. */
const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** Whether VS Code's settings or the environment name a proxy. One of the system's own cannot be seen. */
export function hasProxy(environment: NodeJS.ProcessEnv = process.env): boolean {
  const http = workspace.getConfiguration('http');
  const isOn = http.get<string>('proxySupport') !== 'off';
  const named = VARIABLES.some(name => Boolean(environment[name] ?? environment[name.toLowerCase()]));
  return isOn && (Boolean(http.get<string>('proxy')) || named);
}
