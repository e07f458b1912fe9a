import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What IANA has given out to be global unicast (RFC 4291, section 2.4); all else in IPv6 is reserved. */
const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet, so that nothing of a private network can be reached through it.
 * Addresses that carry another one (mapped, 6to4, Teredo, NAT64) are none, whatever they carry.
 * @param address as `dns.lookup` gives it or a URL has it, without brackets; what is no address is not global
 */
export function isGlobalUnicast(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalIpv6);
}
