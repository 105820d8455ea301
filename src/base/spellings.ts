/**
 * Finds an ASCII text in all that JSON and addresses may make of it: each of its characters as it is, as `\u…`, or as `%…`, in
 * whichever case.
 */
export function anySpelling(text: string): RegExp {
  const characters = Array.from(text, character => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return `(?:\\u00${code}|\\\\u00${code}|%${code})`;
  });
  return new RegExp(characters.join(''), 'gi');
}
