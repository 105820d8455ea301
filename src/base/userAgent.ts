/** Dailies' own version, put in by the build; a run from source has none. */
declare const DAILIES_VERSION: string | undefined;

/**
 * How Dailies names itself to every host, gateway and media hosts alike. Some refuse the names that HTTP
 * libraries give themselves.
 */
export const USER_AGENT = `Dailies/${typeof DAILIES_VERSION === 'string' ? DAILIES_VERSION : 'source'} (VS Code)`;
