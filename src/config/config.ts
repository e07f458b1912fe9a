import type { Rule } from './rules.js';
import { variables } from './variables.js';
import type { Variable } from './variable.js';

type Variables = typeof variables;

/** The settings of this process: one member for each row of the table in variables.ts, frozen. */
export type Config = {
  readonly [K in keyof Variables]: ValueOf<Variables[K]>;
};

type ValueOf<V> = V extends { readonly rule: Rule<infer T>; readonly default: infer D }
  ? T | (D extends '' ? null : never)
  : never;

/** The environment is not fit to start with; the message has one line for each variable that is wrong. */
export class ConfigError extends Error {
  constructor(
    readonly faults: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`The configuration is not valid:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, options);
    this.name = 'ConfigError';
  }
}

/**
 * An empty variable counts as one that is not set.
 * @throws ConfigError naming every bad variable at once
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const production = env[variables.nodeEnv.name] === 'production';
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries<Variable<unknown>>(variables)) {
    const reading = readVariable(variable, env[variable.name] ?? '', production);
    if ('fault' in reading) faults.push(`${variable.name} ${reading.fault}`);
    else values[key] = reading.value;
  }
  if (!env[variables.databaseTimeoutMs.name]) shortenDatabaseTimeout(values);
  faults.push(...brokenRelations(values));
  if (faults.length > 0) throw new ConfigError(faults);
  // Every key of the table was either read or made a fault.
  return Object.freeze(values) as Config;
}

function readVariable(
  variable: Variable<unknown>,
  text: string,
  production: boolean,
): { readonly value: unknown } | { readonly fault: string } {
  const { rule, secret, requiredInProduction } = variable;
  if (text === '' && production && requiredInProduction) {
    return { fault: `is not set: with NODE_ENV=production it must be ${rule.allowed}` };
  }
  const effective = text || (production ? (variable.productionDefault ?? variable.default) : variable.default);
  if (effective === '') return { value: null };
  const value = rule.parse(effective);
  if (value !== undefined) return { value };
  return { fault: `${secret ? 'has a bad value' : `is ${quoted(text)}`}: it must be ${rule.allowed}` };
}

/** Who shortens the requests means their database work as well, unless told otherwise. */
function shortenDatabaseTimeout(values: { databaseTimeoutMs?: unknown; requestTimeoutMs?: unknown }): void {
  const { databaseTimeoutMs, requestTimeoutMs } = values;
  if (typeof databaseTimeoutMs !== 'number' || typeof requestTimeoutMs !== 'number') return;
  values.databaseTimeoutMs = Math.min(databaseTimeoutMs, Math.floor(requestTimeoutMs * 0.8));
}

/** What no variable can tell alone. A member is absent when the variable itself is bad; then nothing is judged. */
function brokenRelations(values: Partial<Config>): string[] {
  const { databaseTimeoutMs, requestTimeoutMs } = values;
  const faults: string[] = [];
  if (databaseTimeoutMs !== undefined && requestTimeoutMs !== undefined && databaseTimeoutMs >= requestTimeoutMs) {
    // Otherwise the request's own deadline would strike first and the client would get no 503.
    faults.push(
      `DATABASE_TIMEOUT_MS is ${databaseTimeoutMs}: it must be below REQUEST_TIMEOUT_MS (${requestTimeoutMs})`,
    );
  }
  if (values.authMode === 'jwt') faults.push(...missing(values, 'AUTH_MODE=jwt', jwtNeeds));
  if (values.eventSink === 'nats') faults.push(...missing(values, 'EVENT_SINK=nats', ['natsUrl']));
  return faults;
}

const jwtNeeds = ['jwtIssuer', 'jwtAudience', 'jwtJwksUrl'] as const;

function missing(values: Partial<Config>, setting: string, needed: readonly (keyof Config)[]): string[] {
  // Absent: it is bad itself and was told of already.
  return needed
    .filter((key) => values[key] === null)
    .map((key) => `${variables[key].name} is not set: ${setting} needs it`);
}

/** On one line whatever it holds, and short, should a whole file have ended up in the variable. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
