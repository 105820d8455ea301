declare module '@vscode/codicons/dist/codicon.svg' {
  /** What each icon of iconNames.ts draws on a square of 16 × 16, as SVG. Made by the build (build/icons.js). */
  const drawings: Readonly<Record<string, string>>;
  export default drawings;
}
