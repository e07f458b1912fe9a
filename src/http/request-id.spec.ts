import { requestIdFrom } from './request-id.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the request id', () => {
  it.each(['a', 'A-z_0.9:x', '...', 'x'.repeat(128), '0b2c7d3a-7c41-4f00-9b1e-0c0ffee00000'])(
    'is the request’s own when it is %p',
    (header) => {
      expect(requestIdFrom(header)).toBe(header);
    },
  );

  it.each([
    ...[undefined, '', ' ', 'a b', ' a', 'a ', 'a,b', 'a/b', 'a"b', 'é', 'a\n', 'a\r\nX: y', 'x'.repeat(129), '{}'],
    ...[[], ['a'], ['a', 'b']],
  ])('is fresh when the request’s own is %p', (header) => {
    expect(requestIdFrom(header)).toMatch(uuid);
    expect(requestIdFrom(header)).not.toBe(requestIdFrom(header));
  });
});
