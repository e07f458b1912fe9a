import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, readPage } from './page-cursor.js';

const secret = Buffer.alloc(32, 7);
const id = '019e1b2c-7d3a-7c41-9f00-5b1e0c0ffee0';
const scope = 'acme';
const cursor = encodeCursor(secret, scope, id);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a cursor', () => {
  it('gives back the id it was made of, whatever the scope', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary' }), (anyId, itsScope) => {
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

  it('is refused for another scope and another secret', () => {
    expect(decodeCursor(secret, 'Acme', cursor)).toBeUndefined();
    expect(decodeCursor(secret, '', cursor)).toBeUndefined();
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

describe('a page', () => {
  const ids = [9, 7, 5, 3, 1].map((digit) => `019e1b2c-7d3a-7c41-9f00-00000000000${digit}`);
  const find = (before: string | undefined, limit: number): Promise<{ id: string }[]> =>
    Promise.resolve(
      ids
        .filter((each) => before === undefined || each < before)
        .slice(0, limit)
        .map((each) => ({ id: each })),
    );

  it.each([1, 2, 3, 4, 5, 6])('of %d leads through the whole list, and the last one leads nowhere', async (limit) => {
    const seen: string[] = [];
    let next: string | null | undefined;
    while (next !== null) {
      const page = await readPage(secret, { scope, limit, cursor: next }, find);
      expect(page.items.length).toBeGreaterThan(0);
      seen.push(...page.items.map((item) => item.id));
      next = page.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  it('of nothing has no next one', async () => {
    const nothing = await readPage(secret, { scope, limit: 20, cursor: undefined }, () => Promise.resolve([]));
    expect(nothing).toEqual({ items: [], nextCursor: null });
  });

  it('is refused with the cursor of another scope, before anything is looked for', async () => {
    const request = { scope: 'Acme', limit: 1, cursor };
    const refused = readPage(secret, request, () => Promise.reject(new Error('looked')));
    await expect(refused).rejects.toMatchObject({
      code: 'validation_failed',
      extra: { errors: [{ parameter: 'cursor', detail: 'must be the nextCursor of a page of this very list' }] },
    });
  });
});
