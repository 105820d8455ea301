/** As much text as is accepted of an answer, bytes. */
const MOST = 8.5 * 1024 ** 2;

const answer = (fields: string): string => `{"id":"vgen_1","status":"completed",${fields}}`;
const text = (piece: string): string => answer(`"text":"${repeated(piece)}"`);
/** An answer with a list of so many equal values. */
export const list = (piece: string): string => answer(`"list":[${repeated(`${piece},`)}1]`);

function repeated(piece: string, bytes = MOST): string {
  return piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
}

/** The worst of each kind that was found. */
export const HOSTILE_BODIES: Readonly<Record<string, () => string>> = {
  'quotation marks': () => text("'"),
  'spaces in a text': () => answer(`"text":"x${repeated(' ')}y"`),
  'stops after a link': () => text('https://a.example/.,.,.,.,.,.,.,.,.,.,.,.,.,.,.,.,.,.,x'),
  'one link of stops': () => answer(`"text":"x https://a/${repeated('.,')}y"`),
  'links in one text': () => text('see https://a.example/x.mp4 '),
  'links in many texts': () =>
    answer(
      `"list":[${Array.from({ length: 3900 }, () => `"${repeated('https://a.example/x.mp4 ', MOST / 3900)}"`).join()}]`,
    ),
  'many links': () => list('"https://a.example/x.mp4"'),
  'half Markdown': () => text(']('),
  'one long path': () => answer(`"url":"${repeated('/')}"`),
  numbers: () => list('1'),
  'empty objects': () => list('{}'),
  'small objects': () => list('{"status":"x","url":"/v1/a/b","error":"e"}'),
  'as many numbers as are read': () => answer(`"list":[${'1,'.repeat(590_000)}1]`),
  'as many empty objects as are read': () => answer(`"list":[${'{},'.repeat(106_000)}1]`),
  'as many objects of different names as are read': () =>
    answer(`"list":[${Array.from({ length: 37_000 }, (_, name) => `{"n${name}":1}`).join()}]`),
  'as many names as are read': () =>
    answer(Array.from({ length: 53_000 }, (_, name) => `"n${name}":1`).join()),
  'as many texts as are read': () =>
    answer(`"list":[${Array.from({ length: 106_000 }, (_, index) => `"/v1/${index}.mp4"`).join()}]`),
  'wide objects': () => list(`{${Array.from({ length: 1000 }, (_, name) => `"n${name}":1`).join()}}`),
  'long names': () =>
    answer(Array.from({ length: 500 }, (_, name) => `"${repeated('aB', MOST / 500)}${name}":1`).join()),
  'lists in lists': () => answer(`"list":${repeated('[', MOST / 2)}${repeated(']', MOST / 2)}`),
  'objects in objects': () => answer(`"a":${repeated('{"a":', (MOST / 6) * 5)}1${repeated('}', MOST / 6)}`),
  'JSON in a text': () => answer(`"text":${JSON.stringify(list('{}').slice(0, MOST / 2))}`),
  'JSON in many texts': () => list(JSON.stringify(`{"a":[${'1,'.repeat(500)}1]}`)),
  'half JSON in many texts': () => list(JSON.stringify(`{${'['.repeat(900)}`)),
  'JSON in a text in a text': () =>
    answer(`"text":${JSON.stringify(JSON.stringify(list('{}').slice(0, MOST / 5)))}`),
  'no JSON': () => repeated('['),
  'no texts': () => repeated('"'),
  'a page': () => repeated('<'),
  'scripts of a page': () => repeated('<script>'),
  'words of a refusal': () => `{"code":1,"msg":"${repeated('invalid token task not ')}"}`,
  'a refusal in lists': () =>
    `{"code":1,"error":{"message":{"message":{"message":[${repeated('["x y"],', MOST / 20)}1]}}}}`,
  'status words': () => answer(`"state":"${repeated('aB_')}"`),
  'other tasks': () => `[${repeated('{"id":"vgen_2"},')}1]`,
};
