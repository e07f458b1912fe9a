import { isIP } from 'node:net';
import type { Config } from '../config/config.js';
import { blanks, controls, textFault } from '../http/text-rule.js';
import { isGlobalUnicast } from './global-address.js';

export const urlLengthMax = 2_048;
const never = `#\\\\${blanks}\\ufeff${controls}`;
/**
 * As far as JSON Schema can say it: a scheme, two slashes, a host without user information, and nowhere a fragment, a
 * backslash, a blank or a control character. What a parser thinks of the host stays unsaid.
 */
export const urlPattern = `^[Hh][Tt][Tt][Pp][Ss]?://[^/?@${never}]+([/?][^${never}]*)?$`;

/**
 * Stricter than the WHATWG parser that fetches it: that one mends blanks, backslashes and missing slashes, so that
 * what is shown and what is called would be two things.
 */
const absolute = /^https?:\/\/(?<authority>[^/?#\\\s]+)[^#\\\s]*$/i;

/** Where a webhook may go. A name is taken as it is: what it resolves to is judged when it is connected to. */
export function webhookUrlFault(value: unknown, config: Pick<Config, 'webhookAllowPrivate'>): string | undefined {
  const fault = textFault(value, urlLengthMax);
  if (fault !== undefined) return fault;
  const text = value as string;
  const schemes = config.webhookAllowPrivate ? 'http or https' : 'https';
  if (text.includes('#')) return 'must not have a fragment';
  const authority = absolute.exec(text)?.groups?.['authority'];
  if (authority === undefined || !URL.canParse(text)) return `must be an absolute ${schemes} URL`;
  if (authority.includes('@')) return 'must not have user information';
  if (config.webhookAllowPrivate) return undefined;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:') return 'must be an https URL';
  return isPrivateLiteral(hostname) ? 'must not name an address outside of the public internet' : undefined;
}

/** @param hostname of a parsed URL: every spelling of an IPv4 address has become four decimal numbers */
function isPrivateLiteral(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) !== 0 && !isGlobalUnicast(address);
}
