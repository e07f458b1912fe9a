import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { rememberCredential } from './secrets.js';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export async function signingKey(alg: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token that is good but for what is given; a claim that is `undefined` is left out. */
export async function token(key: SigningKey, claims: JWTPayload = {}, header: object = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const all = { iss: 'https://id.example/', aud: 'orders', sub: 'user-1', tenant_id: 'acme', exp: now + 300 };
  const payload = { ...all, scope: 'orders:read orders:write events:read', ...claims };
  const jwt = new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header });
  const text = await jwt.sign(key.privateKey);
  rememberCredential(text);
  return text;
}

export interface JwksServer {
  readonly url: string;
  /** How often it was asked. */
  fetches: number;
  /** Undefined: what it answers is JSON and no set. */
  keys: readonly SigningKey[] | undefined;
  /** Answers this status without a set. */
  failWith: number | undefined;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A key set on a loopback port, which can change, fail and go away. */
export async function startJwksServer(...keys: readonly SigningKey[]): Promise<JwksServer> {
  const server = createServer((_request, response) => {
    jwks.fetches += 1;
    response.writeHead(jwks.failWith ?? 200, { 'content-type': 'application/json', connection: 'close' });
    const set = jwks.keys?.map(({ jwk }) => jwk) ?? 'none';
    response.end(jwks.failWith === undefined ? JSON.stringify({ keys: set }) : 'no');
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const jwks: JwksServer = {
    url: `http://127.0.0.1:${port}/keys`,
    fetches: 0,
    keys,
    failWith: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(port),
  };
  return jwks;
}
