/** The files that a cut can be written as, by their endings. */
export const CUT_FORMATS = ['otio', 'fcpxml', 'edl', 'mp4'] as const;
export type CutFormat = (typeof CUT_FORMATS)[number];
