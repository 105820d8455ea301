/** So many lines a shot file has that is longer than anyone writes. */
export const LINES = 5_000;

/** Every kind of line in it: settings at the top, a block of its own in each shot, variables, a note, and in every seventh shot a mistake. */
export function longFile(): string {
  const shot = (index: number): string[] => [
    `## Shot ${index}`,
    '',
    '```yaml',
    `# ${index}`,
    `resolution: ${index % 7 === 0 ? '8K' : '1080p'}`,
    '```',
    '',
    `A ferry leaves the harbor at {{time}}, take by take, ${index}. <!-- See clips/ferry-${index}.mp4 -->`,
    'Slow push-in, 35 mm, gulls, a distant horn.',
    '',
  ];
  const top = ['---', 'model: veo_3_1_fast', 'vars: { time: [dawn, dusk] }', '---', ''];
  const lines = [...top, ...Array.from({ length: LINES / 10 }, (_one, index) => shot(index)).flat()];
  return `${lines.slice(0, LINES).join('\n')}\n`;
}

/** The YAML alone, block by block: what no reader of such a file can do without. */
export function yamlBlocks(text: string): string[] {
  return [...text.matchAll(/^(?:---|```yaml)\n(.*?)\n(?:---|```)$/gms)].map(([, yaml = '']) => yaml);
}
