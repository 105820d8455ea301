import { MP4, QTFF, WEBM } from 'mediabunny';

/** The containers that clips come in. Gateways label all of them `video/mp4`. */
export const FORMATS = [MP4, QTFF, WEBM];
