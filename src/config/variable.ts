import type { Rule } from './rules.js';

export interface Variable<T> {
  readonly name: string;
  readonly rule: Rule<T>;
  /** As one would write it into the environment. Empty: there is none, and Config has `null`. */
  readonly default: string;
  /** Where production wants another default. */
  readonly productionDefault?: string;
  /** No default is safe in production: the service refuses to start without a value. */
  readonly requiredInProduction?: true;
  /** The value may hold a credential, so no message ever repeats it. */
  readonly secret?: true;
  readonly unit: string;
  readonly meaning: string;
}
