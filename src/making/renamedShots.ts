import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../base/grouped.ts';
import { FRAME_FIELDS, REFERENCE_FIELDS } from '../gateway/models.ts';
import { imageForm } from './images.ts';

/** The part of a take that shows which shot it is of: the heading it was made under, and what was sent, JSON. */
export interface MadeTake {
  readonly section: string | null;
  readonly request: string | null;
}

/** A shot as it is written now: what it is known by in its file, and the bodies that it would send. */
export interface WrittenShot {
  readonly section: string;
  readonly bodies: readonly Body[];
}

type Body = Readonly<Record<string, unknown>>;

const IMAGES: readonly string[] = [...FRAME_FIELDS, ...REFERENCE_FIELDS];

/**
 * The takes of a file whose heading is no longer in it, each with the shot that it is of now; those that are not in the result belong
 * where their heading says, or to no shot of the file.
 *
 * A heading that is there holds its takes, whatever is written below it. A take whose heading is gone belongs to the one shot that
 * would send what the take was made with. Where several would, it is the one that has no takes by its own heading; where that is not one
 * either, nobody can say. Earlier takes of a heading, made before its text was changed, go with the others where these all go to one shot.
 */
export function followRenamedShots<T extends MadeTake>(
  takes: readonly T[],
  shots: () => readonly WrittenShot[],
  sections: readonly string[],
): Map<T, string> {
  const named = new Set(sections);
  const isGone = ({ section }: T): boolean => !named.has(section ?? '');
  const gone = grouped(takes.filter(isGone), ({ section }) => section ?? '');
  const found = new Map<T, string>();
  if (gone.size === 0) {
    return found;
  }
  const taken = new Set(takes.filter(one => !isGone(one)).map(({ section }) => section ?? ''));
  const written = byText(shots());
  for (const group of gone.values()) {
    const places = group.map(take => shotOf(take, written, taken));
    const different = new Set(places.filter(place => place !== undefined));
    const [only] = different;
    group.forEach((take, index) => {
      const place = places[index] ?? (different.size === 1 ? only : undefined);
      if (place !== undefined) {
        found.set(take, place);
      }
    });
  }
  return found;
}

/** Whether one of the shots would send what a take was made with. */
export function isAsWritten({ request }: MadeTake, shots: readonly WrittenShot[]): boolean {
  const body = bodyIn(request);
  return (
    body !== undefined &&
    shots.some(({ bodies }) =>
      bodies.some(written => textOf(written) === textOf(body) && hasImagesOf(body, written)),
    )
  );
}

interface WrittenBody {
  readonly section: string;
  readonly body: Body;
}

function shotOf(
  { request }: MadeTake,
  written: ReadonlyMap<string, readonly WrittenBody[]>,
  taken: ReadonlySet<string>,
): string | undefined {
  const body = bodyIn(request);
  const equal = (body && written.get(textOf(body))) ?? [];
  const sections = new Set(
    equal.filter(one => body && hasImagesOf(body, one.body)).map(({ section }) => section),
  );
  const free = [...sections].filter(section => !taken.has(section));
  const candidates = sections.size === 1 ? [...sections] : free;
  return candidates.length === 1 ? candidates[0] : undefined;
}

function byText(shots: readonly WrittenShot[]): Map<string, WrittenBody[]> {
  return grouped(
    shots.flatMap(({ section, bodies }) => bodies.map(body => ({ section, body }))),
    ({ body }) => textOf(body),
  );
}

/** All that is sent but the images, whatever the order of its fields. */
function textOf(body: Body): string {
  return JSON.stringify(
    Object.keys(body)
      .filter(name => !IMAGES.includes(name))
      .sort()
      .map(name => [name, body[name]]),
  );
}

/** A file of this machine was sent as the link that it was uploaded to, or inside the request: any of these stands for it. */
function hasImagesOf(sent: Body, written: Body): boolean {
  return IMAGES.every(name => {
    const [was, is] = [listOf(sent[name]), listOf(written[name])];
    return (
      was.length === is.length &&
      is.every((image, index) => isDeepStrictEqual(image, was[index]) || isFile(image))
    );
  });
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}

function isFile(image: unknown): boolean {
  return typeof image === 'string' && imageForm(image) === 'file';
}

function bodyIn(request: string | null): Body | undefined {
  try {
    const body: unknown = JSON.parse(request ?? 'null');
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
}
