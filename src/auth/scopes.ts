/** What a credential may allow. None implies another. */
export const scopes = ['orders:read', 'orders:write', 'events:read', 'webhooks:manage'] as const;

export type Scope = (typeof scopes)[number];

export function isScope(text: unknown): text is Scope {
  return scopes.some((scope) => scope === text);
}

/** A tenant's id: 1–64 of `A-Z a-z 0-9 . _ -`, starting with a letter or digit, case-sensitive. */
export function isTenantId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value);
}
