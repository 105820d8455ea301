import { plain } from '../base/plainText.ts';
import { modelFamilyOf } from '../tasks/family.ts';

/** Segments words of any script, including those without spaces, such as Chinese. */
const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The first whole words of a text, on one line, at most `most` characters, with an ellipsis if there are more. A first word that
 * is too long by itself is cut.
 */
export function firstWords(text: string, most: number): string {
  // Only the beginning of a long text is processed.
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
    // Neither punctuation nor half a surrogate pair at the end.
    .replace(/[\p{P}\p{Cs}\s]+$/u, '');
  return `${words}…`;
}

/** A cache, because every row needs the name of its model. */
const friendly = new Map<string, string>();

/** The size of the cache: a gateway may report a different model for each task. */
const MOST_MODELS = 200;

/** The display name of a model: `veo_3_1_fast` is "Veo 3.1 Fast", `grok_video3` is "Grok Video 3". */
export function friendlyModel(model: string): string {
  let name = friendly.get(model);
  if (name === undefined) {
    const family = modelFamilyOf(model);
    const rest = family ? `${family.name} ${model.replace(family.pattern, '')}` : model;
    name = plain(
      rest
        .replace(/([a-z]{2})(?=\d)/gi, '$1 ')
        .replace(/(\d)(?=[A-Z][a-z])/g, '$1 ')
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
