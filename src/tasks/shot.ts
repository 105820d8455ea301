/** What a person has decided about a take. */
export const VERDICTS = ['picked', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The shot that a task is a take of, and what a person thinks of it. */
export interface TakeFacts {
  /** The shot file it was made from, or was assigned to: from the name of its workspace folder on, with slashes; else an absolute path. */
  readonly shotFile: string | null;
  /** The heading of the shot in its file, or the name of a shot without a file; `null` where the file has one shot without a heading. */
  readonly shot: string | null;
  /** From 1, in the order in which the takes of the shot were made or assigned. */
  readonly take: number | null;
  readonly verdict: Verdict | null;
  /** One line of the person's own. */
  readonly note: string | null;
  /** The clip whose frame this one starts from, as JSON; see `sourceOf`. */
  readonly source: string | null;
}

/** A shot: its file and heading. At least one of them is there. */
export type Shot = Pick<TakeFacts, 'shotFile' | 'shot'>;

/** The frame that a clip starts from. */
export interface Source {
  /** The gateway and the id of the task whose clip it is from. */
  readonly gateway: string;
  readonly id: string;
  /** Where in that clip, s; `null` for its last frame. */
  readonly at: number | null;
}

/** The longest note that is kept, characters: it is one line. */
export const LONGEST_NOTE = 500;

/** The shot of a task, where it is a take of one. */
export function shotOf({ shotFile, shot }: Shot): Shot | undefined {
  return shotFile === null && shot === null ? undefined : { shotFile, shot };
}

/** What a shot is known by, the same for all of its takes. */
export function shotKey({ shotFile, shot }: Shot): string {
  return JSON.stringify([shotFile ?? '', shot ?? '']);
}

/** The shot that `shotKey` made a text of. */
export function shotOfKey(key: string): Shot {
  const [shotFile, shot] = JSON.parse(key) as [string, string];
  return { shotFile: shotFile === '' ? null : shotFile, shot: shot === '' ? null : shot };
}

/** What a shot is called: its heading, else its file without folder and ending. */
export function shotName({ shotFile, shot }: Shot): string {
  if (shot !== null && shot !== '') {
    return shot;
  }
  const name = (shotFile ?? '').replace(/^.*[\\/]/, '');
  return name.replace(/(?<=.)\.shot\.md$/i, '');
}

/** A text as a note: one line, no longer than is kept; `null` where nothing is left. */
export function noteFrom(text: string): string | null {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? null : line.slice(0, LONGEST_NOTE).replace(/[\uD800-\uDBFF]$/, '');
}

/** The frame that a task started from; `undefined` where none is known. Never throws, whatever is stored. */
export function sourceOf({ source }: Pick<TakeFacts, 'source'>): Source | undefined {
  try {
    const parsed: unknown = JSON.parse(source ?? 'null');
    return isSource(parsed) ? { gateway: parsed.gateway, id: parsed.id, at: parsed.at } : undefined;
  } catch {
    return undefined;
  }
}

/** A source as tasks hold it. */
export function sourceText({ gateway, id, at }: Source): string {
  return JSON.stringify({ gateway, id, at });
}

function isSource(value: unknown): value is Source {
  return (
    typeof value === 'object' &&
    value !== null &&
    'gateway' in value &&
    typeof value.gateway === 'string' &&
    'id' in value &&
    typeof value.id === 'string' &&
    'at' in value &&
    (value.at === null || (typeof value.at === 'number' && Number.isFinite(value.at) && value.at >= 0))
  );
}
