import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';

export interface Config {
  /** Without a slash at the end. */
  readonly ordersUrl: string;
  readonly ordersApiKey: string | undefined;
  /** Any of them may have signed; empty: the worker registers its endpoint itself. */
  readonly webhookSecrets: readonly string[];
  /** Where the service reaches this worker; undefined: the loopback address and the port it listens on. */
  readonly webhookUrl: string | undefined;
  readonly port: number;
  readonly dataDir: string;
  readonly simulationSeconds: number;
  /** How many simulations run at the same time. */
  readonly concurrency: number;
  /** Set: events come from JetStream and not as webhooks. */
  readonly natsUrl: string | undefined;
  readonly natsStream: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error whose message names every variable that is wrong; it never repeats a secret */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  /** An empty value counts as one that is not set. */
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const url = (name: string, schemes: readonly string[]): string | undefined => {
    const value = text(name)?.replace(/\/+$/, '');
    if (value === undefined || (URL.canParse(value) && schemes.some((scheme) => value.startsWith(scheme))))
      return value;
    faults.push(`${name} must be a URL that starts with ${schemes.join(' or ')}`);
    return undefined;
  };
  const number = (name: string, fallback: number, [min, max]: readonly [number, number]): number => {
    const value = Number(text(name) ?? fallback);
    if (!(value >= min && value <= max)) faults.push(`${name} must be a number from ${min} to ${max}`);
    return value;
  };
  const integer = (name: string, fallback: number, range: readonly [number, number]): number => {
    const value = number(name, fallback, range);
    if (!Number.isNaN(value) && !Number.isInteger(value)) faults.push(`${name} must be an integer`);
    return value;
  };

  const webhookSecrets = text('WEBHOOK_SECRET')?.split(/\s+/) ?? [];
  if (!webhookSecrets.every(isSecret))
    faults.push('WEBHOOK_SECRET must be whsec_ and base64; several have blanks between them');
  const config: Config = {
    ordersUrl: url('ORDERS_URL', ['http://', 'https://']) ?? 'http://127.0.0.1:8000',
    ordersApiKey: text('ORDERS_API_KEY'),
    webhookSecrets,
    webhookUrl: url('WEBHOOK_URL', ['http://', 'https://']),
    port: integer('PORT', 8_100, [0, 65_535]),
    // Beside the program: the working directory may be the service's, which has a .data of its own.
    dataDir: text('DATA_DIR') ?? join(import.meta.dirname, '.data'),
    simulationSeconds: number('SIMULATION_SECONDS', 10, [0, 1_000_000]),
    concurrency: integer('CONCURRENCY', 2, [1, 64]),
    natsUrl: url('NATS_URL', ['nats://', 'tls://']),
    natsStream: text('NATS_STREAM') ?? 'orders',
  };
  if (faults.length > 0) throw new Error(`The configuration is wrong: ${faults.join('; ')}.`);
  return config;
}

function isSecret(secret: string): boolean {
  if (!secret.startsWith('whsec_')) return false;
  try {
    new Webhook(secret);
    return true;
  } catch {
    return false;
  }
}
