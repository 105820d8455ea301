import { parseResponse } from './responseTree.ts';
import { findLink } from './videoLink.ts';

/** The links that a response has besides the one taken for the clip's, and that might as well be it. */
export function otherLinks(body: string, base: string, id: string): readonly string[] {
  const root = parseResponse(body, id);
  return root ? (findLink(root, base, id)?.others ?? []) : [];
}
