import { MP4, QTFF, WEBM } from 'mediabunny';

/** The kinds of files that clips are: gateways call all of them `video/mp4`. */
export const FORMATS = [MP4, QTFF, WEBM];
