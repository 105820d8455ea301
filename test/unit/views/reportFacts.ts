/** A report's lines by what they are about, without the signs that keep it text. The first of two like names is the first section's. */
export function factsIn(report: string): Map<string, string> {
  const lines = report.replaceAll('\\', '').matchAll(/^- \*\*(.+?)\*\*: (.*)$/gm);
  const facts = new Map<string, string>();
  for (const [, name = '', value = ''] of lines) {
    facts.set(name, facts.get(name) ?? value);
  }
  return facts;
}
