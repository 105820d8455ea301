// What packages bring along and Dailies does not use.

/**
 * What stands in the place of modules that are never reached, by the names under which their packages import them.
 * @type {Readonly<Record<string, string>>}
 */
const IN_PLACE = {
  // @audio/decode-aac's decoder of Apple Lossless, under a licence that the GPL's version 2 may not contain. Only AAC is decoded.
  './alac.js':
    "export const createALAC = () => { throw new Error('There is no decoder of Apple Lossless.'); };",
  // What axios and its agents would print while they are worked on; with the colours of a terminal.
  debug: 'export default () => () => undefined;',
  // axios' forms, with the names of all media types. Requests have no forms, and Node has a FormData of its own.
  'form-data': 'export default globalThis.FormData;',
  // axios' other ways to send a request: Dailies names the one of Node.
  './xhr.js': 'export default undefined;',
  './fetch.js': 'export const getFetch = () => undefined;',
  // The MCP SDK's validator of forms that people fill in, and zod's writer of JSON schemas: the MCP server has neither.
  '../validation/ajv-provider.js':
    "export class AjvJsonSchemaValidator { getValidator() { throw new Error('There are no forms.'); } }",
  '../core/json-schema-processors.js': 'module.exports = {};',
  '../core/to-json-schema.js':
    "const none = () => () => { throw new Error('No schema is written.'); }; export { none as createStandardJSONSchemaMethod, none as createToJSONSchemaMethod };",
};

/** @type {import('esbuild').Plugin} */
export const leftOut = {
  name: 'left out',
  setup: build => {
    build.onResolve(
      { filter: /alac|form-data|^debug$|xhr|fetch|ajv-provider|json-schema/ },
      ({ path, importer }) =>
        path in IN_PLACE && (/axios/.test(importer) || !/xhr|fetch/.test(path))
          ? { path, namespace: 'left-out' }
          : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: IN_PLACE[path] }));
  },
};
