import { gatewaySetting } from '../host/settings.ts';
import type { TaskStore } from '../store/store.ts';
import type { GatewayAddress } from '../tasks/gatewayAddress.ts';
import { ToolError } from './tool.ts';

/** The gateway of the person's setting. */
export function gatewayOfSetting(): GatewayAddress {
  const gateway = gatewaySetting();
  if (!gateway) {
    throw new ToolError(
      'Nothing was done: the gateway address in the settings of Dailies is not valid. Only the person can change it.',
    );
  }
  return gateway;
}

/** Throws where nothing can be written down. */
export function writable({ isReadOnly }: Pick<TaskStore, 'isReadOnly'>): void {
  if (isReadOnly) {
    throw new ToolError('Nothing was done: the list of Dailies cannot be changed in this window.');
  }
}
