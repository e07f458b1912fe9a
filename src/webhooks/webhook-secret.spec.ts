import { newWebhookSecret, rolled } from './webhook-secret.js';

describe('a new secret', () => {
  it('is whsec_ and base64 of 32 bytes', () => {
    const secret = newWebhookSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, newWebhookSecret)).size).toBe(100);
  });
});

describe('rolled secrets', () => {
  it('are the new one first and the one before for 24 hours', () => {
    expect(rolled('whsec_old', 'whsec_new', new Date('2026-11-24T10:00:00.000Z'))).toEqual([
      { secret: 'whsec_new', expiresAt: null },
      { secret: 'whsec_old', expiresAt: new Date('2026-11-25T10:00:00.000Z') },
    ]);
  });
});
