declare module '@vscode/codicons/dist/codicon.svg' {
  /** The SVG content of each icon of iconNames.ts, for a 16 × 16 view box. Made by the build (build/icons.js). */
  const drawings: Readonly<Record<string, string>>;
  export default drawings;
}
