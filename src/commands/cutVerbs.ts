/** What the commands on a cut do, to be loaded at once. */
export { exportCut, type CutExportServices } from './cutExport.ts';
export { playCut, type CutPlayServices } from './cutPlay.ts';
export { cutSource, type CutSourceServices } from './cutSource.ts';
