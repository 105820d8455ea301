/**
 * What Dailies offers to other extensions. Copy this file into yours:
 *
 *     const dailies = vscode.extensions.getExtension<DailiesExports>('dailies.dailies');
 *     const api = (await dailies?.activate())?.getApi(1);
 *
 * `activate` resolves to `undefined` where Dailies could not start. All that it gives is plain data, frozen, and a copy. There is never an API key in it, and no link to a video: read its file.
 * Times are milliseconds since the epoch; what is not known is `null`.
 */
export interface DailiesExports {
  /** The newest version that this Dailies has. Versions stay: a change that could break you is another version. */
  readonly version: 1;
  /** Throws for a version that this Dailies does not have. */
  getApi(version: 1): DailiesApi;
}

export interface DailiesApi {
  /** All tasks in the list, the newest first. */
  list(): readonly DailiesTask[];
  /** A task by its ID; the newest, where several gateways have it. */
  get(id: string): DailiesTask | undefined;
  /** Tasks were added, have changed, or were removed, in any window. Comes after `list` shows it. */
  readonly onDidChange: DailiesEvent<DailiesChange>;
  /**
   * Adds tasks to the list: their IDs, or whatever else a person could paste. They are checked at the gateway of the settings, and
   * their results saved as the person has set it. Shows nothing. Rejects if the gateway's address is invalid or the list is read-only.
   */
  track(ids: string | readonly string[], options?: { readonly name?: string }): Promise<DailiesTracked>;
  /** What a request is expected to cost at the gateway of the settings; `undefined` where that is not known. Sends nothing. Throws for what is no request. */
  estimate(request: DailiesRequest): DailiesEstimate | undefined;
  /**
   * Generates videos. The person always confirms first, whatever their settings say, and sees every mistake in a request. Resolves to
   * what was written down to be sent, or to `undefined` where nothing was: they declined, or it cannot be sent. Rejects
   * for what is no request, or has more than data in it.
   */
  make(
    requests: DailiesRequest | readonly DailiesRequest[],
    options?: { readonly name?: string },
  ): Promise<readonly DailiesVideo[] | undefined>;
}

/** As VS Code's own events. */
export type DailiesEvent<T> = (listener: (event: T) => void) => { dispose(): void };

export interface DailiesChange {
  /** The IDs of the tasks that were added, have changed, or were removed. */
  readonly ids: readonly string[];
}

export interface DailiesTask {
  /** The ID that the gateway gave it. */
  readonly id: string;
  /** The address of the gateway. */
  readonly gateway: string;
  /** What the list calls it. */
  readonly name: string;
  readonly model: string | null;
  /** What its model makes, as far as its name shows. */
  readonly medium: 'video' | 'image' | 'audio';
  /** How the generation is doing. `unknown`: no response yet; `unrecognised`: a status that Dailies doesn't know, see `statusWord`. */
  readonly state:
    | 'unknown'
    | 'queued'
    | 'processing'
    | 'unrecognised'
    | 'completed'
    | 'failed'
    | 'cancelled'
    | 'stalled'
    | 'notFound';
  /** The gateway's own word for it. */
  readonly statusWord: string | null;
  /** Why it failed, in the gateway's words. */
  readonly error: string | null;
  /** How its file is doing. Only `saved` has one that is complete and in place. */
  readonly file: 'none' | 'waiting' | 'downloading' | 'saved' | 'failed' | 'expired' | 'missing';
  /** A path, or a URI where only VS Code reaches it. */
  readonly filePath: string | null;
  /** bytes */
  readonly fileSize: number | null;
  /** seconds */
  readonly duration: number | null;
  /** The prompt, where Dailies made the task or an imported list has it. */
  readonly prompt: string | null;
  /** What the gateway says that it charged, in its own unit. */
  readonly amount: number | null;
  /** The shot that it is a take of, and which. */
  readonly shot: string | null;
  readonly take: number | null;
  readonly verdict: 'picked' | 'rejected' | null;
  readonly note: string | null;
  readonly trackedAt: number;
  readonly createdAt: number | null;
  readonly completedAt: number | null;
}

export interface DailiesTracked {
  /** IDs that were added. */
  readonly tracked: readonly string[];
  /** IDs that were in the list already. */
  readonly known: readonly string[];
  readonly refused: readonly { readonly input: string; readonly reason: string }[];
}

/** A request as the gateway takes it: `model`, `prompt`, and the parameters of the model. Local images are paths. */
export type DailiesRequest = Readonly<Record<string, unknown>> & {
  readonly model: string;
  readonly prompt: string;
};

export interface DailiesEstimate {
  /** In the gateway's own unit. */
  readonly amount: number;
  /** The person's own price table, or what earlier tasks of the kind were charged. */
  readonly source: 'table' | 'learned';
  /** How many earlier tasks it was learned from. */
  readonly samples: number;
}

/** A video that was written down to be sent. It is sent once, and becomes a task when the gateway accepts it. */
export interface DailiesVideo {
  /** Its own ID; the task has another. */
  readonly requestId: string;
  readonly model: string;
  readonly estimate: number | null;
}
