/**
 * No secret may ever reach a log, whatever a test is about. So the helpers that make, send or configure one remember it
 * here, every line that an application or a process writes is searched for all of them, and whatever closes one fails.
 * A secret is remembered before the service can meet it, so each line needs to be searched only once.
 */
const secrets = new Set<string>();
const leaks: string[] = [];

/** Shorter ones stand in innocent words as well; tests send such credentials only where they are to be refused. */
const lengthMin = 6;

export function rememberSecret(secret: string): void {
  if (secret.length >= lengthMin) secrets.add(secret);
}

/** Of an API key its secret part, of a JWT its signature: the rest of both may be known. */
export function rememberCredential(credential: string): void {
  const [, apiKeySecret] = /^ops_[^_]*_(.*)$/.exec(credential) ?? [];
  const [, signature] = /^[^.]+\.[^.]+\.([^.]+)$/.exec(credential) ?? [];
  rememberSecret(apiKeySecret ?? signature ?? credential);
}

/** What stands after the scheme in each Authorization header, good or bad. */
export function rememberAuthorization(headers: Readonly<Record<string, string | readonly string[]>>): void {
  const values = Object.entries(headers).flatMap(([name, value]) => (/^authorization$/i.test(name) ? value : []));
  for (const value of values) rememberCredential(value.trim().replace(/^\S+\s+/, ''));
}

/** The password of a connection string, as it is written there and as it is meant. */
export function rememberPassword(uri: string | null | undefined): void {
  const password = /^[a-z+]+:\/\/[^/?#@:]*:([^/?#@]+)@/.exec(uri ?? '')?.[1];
  if (password === undefined) return;
  rememberSecret(password);
  rememberSecret(decodeURIComponent(password));
}

/** For every line, or any other piece, of what the service writes. */
export function searchForSecrets(written: string): void {
  for (const secret of secrets) if (written.includes(secret)) leaks.push(`${secret} in ${written}`);
}

/** @throws Error when a secret was found in what was written since it was last asked */
export function expectNoLeak(): void {
  const found = leaks.splice(0);
  if (found.length > 0) throw new Error(`${found.length} secrets were logged, the first: ${found[0] ?? ''}`);
}
