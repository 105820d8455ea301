// What packages bring along and Dailies does not use.

/**
 * What stands in the place of modules that are never reached, by the names under which their packages import them.
 * @type {Readonly<Record<string, string>>}
 */
const IN_PLACE = {
  // @audio/decode-aac's decoder of Apple Lossless, under a licence that the GPL's version 2 may not contain. Only AAC is decoded.
  './alac.js':
    "export const createALAC = () => { throw new Error('There is no decoder of Apple Lossless.'); };",
  // axios' forms, with the names of all media types. Requests have no forms, and Node has a FormData of its own.
  'form-data': 'export default globalThis.FormData;',
};

/** @type {import('esbuild').Plugin} */
export const leftOut = {
  name: 'left out',
  setup: build => {
    build.onResolve({ filter: /^(\.\/alac\.js|form-data)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: IN_PLACE[path] }));
  },
};
