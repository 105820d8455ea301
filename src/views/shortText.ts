import { plain } from '../base/plainText.ts';

/** Words of any script, Chinese among them, which has no spaces between them. */
const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The first whole words of a text, on one line and of at most `most` characters, with a `…` where there are more. A first word
 * that is longer by itself is cut.
 */
export function firstWords(text: string, most: number): string {
  // A prompt may be long, and only its beginning counts.
  const line = text
    .slice(0, most * 20)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= most) {
    return line;
  }
  let end = 0;
  for (const { index, segment } of WORDS.segment(line)) {
    if (index + segment.length > most) {
      break;
    }
    end = index + segment.length;
  }
  const words = line
    .slice(0, end === 0 ? most : end)
    // Neither a comma nor half a character at the end.
    .replace(/[\p{P}\p{Cs}\s]+$/u, '');
  return `${words}…`;
}

/** Models are few, and their names are asked for with every row. */
const friendly = new Map<string, string>();

/** So many are kept: a gateway may call each task's model otherwise. */
const MOST_MODELS = 200;

/** A model's name for people: `veo_3_1_fast` is "Veo 3.1 Fast", `grok_video3` is "Grok Video 3". */
export function friendlyModel(model: string): string {
  let name = friendly.get(model);
  if (name === undefined) {
    name = plain(
      model
        .replace(/([a-z]{2})(?=\d)/gi, '$1 ')
        .replace(/(\d)[_-](?=\d)/g, '$1.')
        .split(/[\s_-]+/)
        .filter(word => word !== '')
        .map(word => word.charAt(0).toUpperCase() + word.slice(1))
        .join(' '),
    );
    if (friendly.size >= MOST_MODELS) {
      friendly.clear();
    }
    friendly.set(model, name);
  }
  return name;
}
