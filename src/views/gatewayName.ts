import { plain } from '../base/plainText.ts';

/** What a gateway is called where there is little room: its host, with its port where that is not the usual one. */
export function gatewayName(address: string): string {
  return plain(URL.parse(address)?.host ?? address);
}
