import type { DoorServices } from '../../../src/tools/agentDoor.ts';
import { ListLog, NOON } from '../builders.ts';

/** What a door needs, with one tool that gives nothing. */
export function doorServices(folder: string, more: Partial<DoorServices> = {}): DoorServices {
  return {
    folder,
    folders: () => [],
    now: () => NOON,
    log: new ListLog(),
    tools: () => [describedTool('dailies_list_videos')],
    call: async () => Promise.resolve({ text: '{"done":true}', images: [] }),
    onOwn: () => undefined,
    ...more,
  };
}

/** A tool as programs are shown it. */
export function describedTool(name: string): ReturnType<DoorServices['tools']>[number] {
  return {
    name,
    title: 'List Videos',
    description: 'Lists.',
    inputSchema: { type: 'object', properties: {} },
    annotations: { readOnlyHint: true, destructiveHint: false },
  };
}
