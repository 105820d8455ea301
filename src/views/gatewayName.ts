import { plain } from '../base/plainText.ts';

/** The short name of a gateway: its host, with a non-default port. */
export function gatewayName(address: string): string {
  return plain(URL.parse(address)?.host ?? address);
}
