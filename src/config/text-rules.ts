import { isIP } from 'node:net';
import { matching } from './rules.js';
import type { Rule } from './rules.js';

export const path = matching(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, 'a path, not blank, without control characters');

/** A number of hops, or addresses and networks, as Fastify's `trustProxy` takes them. */
export const proxies: Rule<number | string> = {
  allowed: 'a number of hops from 1 to 10, or IP addresses and networks with commas between them',
  parse: (text) => {
    if (/^([1-9]|10)$/.test(text)) return Number(text);
    const networks = text.split(',').map((each) => each.trim());
    return networks.every(isNetwork) ? networks.join(',') : undefined;
  },
};

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

export const origins: Rule<readonly string[]> = {
  allowed: 'origins such as https://app.example.com with commas between them',
  parse: (text) => {
    const list = text.split(',').map((each) => each.trim());
    return list.every((each) => URL.canParse(each) && new URL(each).origin === each) ? list : undefined;
  },
};

export const visibleText = matching(/^[!-~]{1,500}$/, '1 to 500 visible ASCII characters');
