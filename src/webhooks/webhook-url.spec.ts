import { urlPattern, webhookUrlFault } from './webhook-url.js';

const strict = (value: unknown): string | undefined => webhookUrlFault(value, { webhookAllowPrivate: false });
const open = (value: unknown): string | undefined => webhookUrlFault(value, { webhookAllowPrivate: true });

describe('the URL of a webhook', () => {
  it.each([
    ...['https://example.com', 'https://example.com/', 'HTTPS://Example.COM:8443/hooks?a=1&b=%20', 'https://8.8.8.8/x'],
    ...['https://[2606:4700::1111]:444/', 'https://exämple.com/ü', 'https://localhost/', 'https://a.localhost/'],
    ...['https://example.com/@user', 'https://example.com/a?b=@', `https://example.com/${'x'.repeat(2_028)}`],
  ])('can be %s', (url) => {
    expect(strict(url)).toBeUndefined();
    expect(open(url)).toBeUndefined();
    expect(url).toMatch(new RegExp(urlPattern, 'u'));
  });

  it.each([
    ...[
      'https://user@example.com/',
      'https://@example.com',
      'https://example.com/#',
      'https://example.com#x',
      'https://',
    ],
    ...[
      'https:///a',
      'https://?a',
      'https:example.com',
      'ftp://example.com/',
      'https://a b/',
      'https://a/b c',
      'https://a\\',
    ],
    ...['https://a/\n', 'https://a\u0085/', 'https://a/\ufeff', ' https://example.com/', 'https://example.com/\u3000'],
  ])('cannot be %j, which the documented pattern tells already', (url) => {
    expect(open(url)).toBeDefined();
    expect(url).not.toMatch(new RegExp(urlPattern, 'u'));
  });

  it.each([
    ...[
      ['http://example.com/', 'must be an https URL'],
      ['https://localhost./#', 'must not have a fragment'],
      ['https://example.com/#top', 'must not have a fragment'],
      ['https://user@example.com/', 'must not have user information'],
      ['https://user:secret@example.com/', 'must not have user information'],
      ['https://@example.com/', 'must not have user information'],
      ['https://:@example.com/', 'must not have user information'],
      [`https://example.com/${'x'.repeat(2_029)}`, 'must have at most 2048 characters'],
    ],
    ...['', ' ', '\u00a0'].map((text) => [text, 'must have at least one character that is not blank']),
    ...['https://example.com/\n', 'https://exa\tmple.com/', '\u0000'].map((text) => [
      text,
      'must not have control characters',
    ]),
    ['https://example.com/\ud800', 'must not have lone surrogates'],
    ...[
      ...['example.com', '/hooks', '//example.com/', 'https:', 'https://', 'https:///', 'https:example.com'],
      ...['https:/example.com', 'https:\\\\example.com\\', 'https://example.com\\@evil.test/', 'ftp://example.com/'],
      ...['file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x', ' https://example.com/'],
      ...['https://example.com/ ', 'https://example.com/a b', 'https://exa mple.com/', 'https://example.com:99999/'],
      ...['https://[::1', 'https://1.2.3.4.5/', 'https://256.256.256.256/', 'https://exa%00mple.com/', 'https://?x'],
    ].map((text) => [text, 'must be an absolute https URL']),
  ] as [string, string][])('cannot be %p: it %s', (url, fault) => {
    expect(strict(url)).toBe(fault);
  });

  it.each([1, true, null, undefined, {}, ['https://example.com']])('cannot be %p', (value) => {
    expect(strict(value)).toBe('must be a string');
    expect(open(value)).toBe('must be a string');
  });
});

/** One address, however it is written. */
const privateUrls = [
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '127.0.0.1.', '%31%32%37.0.0.1'],
  ...['１２７.0.0.1', '0', '0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '172.16.0.1', '192.168.0.1'],
  ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '255.255.255.255'],
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]', '[::FFFF:7F00:1]'],
  ...['[64:ff9b::127.0.0.1]', '[64:ff9b::808:808]', '[2002:7f00:1::]', '[2001::1]', '[fc00::1]', '[fe80::1]'],
  ...['[fec0::1]', '[ff02::1]', '[2001:db8::1]'],
].map((host) => `https://${host}:8443/hooks`);

describe('a private address in the URL of a webhook', () => {
  it.each(privateUrls)('is refused: %s', (url) => {
    expect(strict(url)).toBe('must not name an address outside of the public internet');
  });

  it.each(privateUrls)('is taken where private addresses are allowed: %s', (url) => {
    expect(open(url)).toBeUndefined();
  });

  it.each(['http://127.0.0.1:9/', 'http://example.com/', 'HTTP://localhost:3000'])(
    'may be without TLS there: %s',
    (url) => {
      expect(open(url)).toBeUndefined();
    },
  );

  it('says what may be sent there', () => {
    expect(open('ftp://127.0.0.1/')).toBe('must be an absolute http or https URL');
  });

  it.each(['http://user@127.0.0.1/', 'http://127.0.0.1/#', 'ftp://127.0.0.1/', '127.0.0.1'])(
    'has to be a good URL there too: %s',
    (url) => {
      expect(open(url)).toBeDefined();
    },
  );
});
