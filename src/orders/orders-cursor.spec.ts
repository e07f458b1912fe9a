import { cursorScope } from './orders-cursor.js';

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
      cursorScope('acme', {}),
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
