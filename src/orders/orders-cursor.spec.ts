import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { cursorScope, decodeCursor, encodeCursor } from './orders-cursor.js';
import type { CursorFilters } from './orders-cursor.js';
import { orderStatuses } from './domain/order-status.js';

const secret = Buffer.alloc(32, 7);
const id = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';
const scope = cursorScope('acme', {});
const cursor = encodeCursor(secret, scope, id);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const filters: fc.Arbitrary<CursorFilters> = fc.record(
  {
    statuses: fc.array(fc.constantFrom(...orderStatuses)),
    customerId: fc.string({ unit: 'binary' }),
    createdFrom: fc.maxSafeInteger(),
    createdTo: fc.maxSafeInteger(),
  },
  { requiredKeys: [] },
);

describe('a cursor', () => {
  it('gives back the id it was made of, whatever the scope', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), filters, (anyId, tenantId, filter) => {
        const itsScope = cursorScope(tenantId, filter);
        const itsCursor = encodeCursor(secret, itsScope, anyId);
        expect(itsCursor).toMatch(/^[A-Za-z0-9_-]{44}$/);
        expect(decodeCursor(secret, itsScope, itsCursor)).toBe(anyId);
      }),
    );
  });

  it('is refused after any change of any one character', () => {
    for (let place = 0; place < cursor.length; place += 1) {
      for (const letter of alphabet) {
        const changed = cursor.slice(0, place) + letter + cursor.slice(place + 1);
        expect(decodeCursor(secret, scope, changed)).toBe(changed === cursor ? id : undefined);
      }
    }
  });

  it.each([
    ...['', 'abc', id, cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, `${cursor}=`, `${cursor}\n`, ` ${cursor}`],
    ...[
      `${cursor.slice(0, 43)}=`,
      `${cursor.slice(0, 43)}+`,
      `${cursor.slice(0, 43)}/`,
      'A'.repeat(44),
      cursor.repeat(2),
    ],
  ])('cannot be %p', (text) => {
    expect(decodeCursor(secret, scope, text)).toBeUndefined();
  });

  it('is refused for another tenant, another filter and another secret', () => {
    expect(decodeCursor(secret, cursorScope('other', {}), cursor)).toBeUndefined();
    expect(decodeCursor(secret, cursorScope('acme', { statuses: ['PAID'] }), cursor)).toBeUndefined();
    expect(decodeCursor(Buffer.alloc(32, 8), scope, cursor)).toBeUndefined();
  });

  it('of another layout is refused, though it is signed', () => {
    const withLayout = (version: number): string => {
      const payload = Buffer.from([version, ...Buffer.from(id.replaceAll('-', ''), 'hex')]);
      const tag = createHmac('sha256', secret).update(payload).update(scope).digest().subarray(0, 16);
      return Buffer.concat([payload, tag]).toString('base64url');
    };
    expect(withLayout(1)).toBe(cursor);
    for (const version of [0, 2, 255]) expect(decodeCursor(secret, scope, withLayout(version))).toBeUndefined();
  });

  it('made of something that is no UUID is a bug', () => {
    expect(() => encodeCursor(secret, scope, 'nonsense')).toThrow(/^Bug!/);
  });
});

describe('the scope of a cursor', () => {
  it('does not depend on the order or repetition of statuses', () => {
    expect(cursorScope('acme', { statuses: ['PAID', 'CREATED', 'PAID'] })).toBe(
      cursorScope('acme', { statuses: ['CREATED', 'PAID'] }),
    );
  });

  it('is the same for an absent and an undefined filter', () => {
    expect(cursorScope('acme', { statuses: [], customerId: undefined })).toBe(cursorScope('acme', {}));
  });

  it('differs for every different tenant or filter', () => {
    const scopes = [
      scope,
      cursorScope('Acme', {}),
      cursorScope('acme', { statuses: ['PAID'] }),
      cursorScope('acme', { statuses: ['PAID', 'CREATED'] }),
      cursorScope('acme', { customerId: 'PAID' }),
      cursorScope('acme', { customerId: 'null' }),
      cursorScope('acme', { customerId: '"]' }),
      cursorScope('acme', { createdFrom: 1 }),
      cursorScope('acme', { createdTo: 1 }),
      cursorScope('acme', { createdFrom: 1, createdTo: 1 }),
      cursorScope('acme', { createdFrom: 0 }),
    ];
    expect(new Set(scopes).size).toBe(scopes.length);
  });
});
