import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { isGlobalUnicast } from './global-address.js';

/**
 * A connection for each try: on a kept one it could not be told whether a receiver that closed it had seen the webhook, so
 * a failed try would have to be repeated at once or a webhook that nobody saw to be counted as failed.
 */
const options = { keepAlive: false } as const;

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Used by both; whoever makes a request has to hand it on. */
  readonly lookup: LookupFunction;
}

/** The address is not one that a webhook may be sent to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Connections that go to the public internet only. The judgement is on the very address that is connected to, so that
 * neither spelling nor a name that resolves to something else the next time gets past it; request-filtering-agent does
 * it when the connection is made, and the look-up below is stricter: of IPv6 only what IANA has given out.
 */
export function filteringAgents(resolve: LookupFunction = systemLookup): Agents {
  return {
    http: new RequestFilteringHttpAgent(options),
    https: new RequestFilteringHttpsAgent(options),
    lookup: onlyGlobal(resolve),
  };
}

/** For development and closed networks: wherever the name leads. */
export function openAgents(resolve: LookupFunction = systemLookup): Agents {
  return { http: new HttpAgent(options), https: new HttpsAgent(options), lookup: resolve };
}

/** @throws AddressRefused when a URL names an address itself; then nothing is looked up */
export function refuseLiteral(hostname: string): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !isGlobalUnicast(address)) throw new AddressRefused(`${address} is not public`);
}

/** All of a name's addresses have to be public: which of them is connected to is not known here. */
function onlyGlobal(resolve: LookupFunction): LookupFunction {
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname, options, (error, address: string | LookupAddress[], family) => {
      const addresses = typeof address === 'string' ? [address] : (address ?? []).map((each) => each.address);
      const refused = error ? undefined : addresses.find((each) => !isGlobalUnicast(each));
      if (refused === undefined) callback(error, address, family);
      else callback(new AddressRefused(`${hostname} leads to ${refused}`), '', 0);
    });
  };
}
