/**
 * Text from the gateway, a media host or an imported file as it may stand in messages and pick lists: VS Code makes
 * links (commands among them) of `[label](target)` in messages, and icons of `$(name)` in lists.
 */
export function plain(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
