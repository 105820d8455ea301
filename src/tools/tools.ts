import { messageOf } from '../base/errors.ts';
import { tools as names } from '../ids.ts';
import { estimateVideo } from './estimateVideo.ts';
import { exportCut } from './exportCut.ts';
import { getVideo, listVideos, pickTake, trackVideo } from './listTools.ts';
import { makeVideo } from './makeVideo.ts';
import { saveFrame, waitForVideo } from './waitForVideo.ts';
import type { ToolServices } from './services.ts';
import { ToolError, type Tools } from './tool.ts';
import { safeText, withoutLinks } from './videoFacts.ts';

/** All that agents can call, whichever way they come. */
export function toolsOf(services: ToolServices): Tools {
  return {
    [names.listVideos]: listVideos(services),
    [names.getVideo]: getVideo(services),
    [names.estimateVideo]: estimateVideo(services),
    [names.makeVideo]: makeVideo(services),
    [names.waitForVideo]: waitForVideo(services),
    [names.saveFrame]: saveFrame(services),
    [names.pickTake]: pickTake(services),
    [names.trackVideo]: trackVideo(services),
    [names.exportCut]: exportCut(services),
  };
}

export { confirmationOfMaking } from './makeVideo.ts';

/** Why a call failed, for an agent: nothing that it gets holds a link. */
export function failureOf(error: unknown): ToolError {
  return error instanceof ToolError
    ? new ToolError(withoutLinks(error.message))
    : new ToolError(`Something went wrong in Dailies: ${safeText(messageOf(error)) ?? ''}`);
}
