import { scopes } from './scopes.js';
import type { Scope } from './scopes.js';

/** Who makes the request. Nothing but the credential decides it. */
export interface Caller {
  readonly tenantId: string;
  readonly scopes: readonly Scope[];
  /** Who is named in the events: an API key's id, a token's `sub`. */
  readonly actor: string;
}

/** Without authentication everybody is this one. */
export const anonymousCaller: Caller = Object.freeze({ tenantId: 'default', scopes, actor: 'anonymous' });
