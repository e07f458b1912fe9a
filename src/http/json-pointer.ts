/**
 * A JSON Pointer as a URI fragment (RFC 6901, section 6); the empty path is `#`, the whole document.
 *
 * `encodeURI` leaves exactly what RFC 3986 allows in a fragment, and `#`. It throws on a lone surrogate, which a
 * client's member name may well have: that must stay a 422 and not become a 500.
 */
export function jsonPointer(path: readonly (string | number)[]): string {
  const pointer = path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return `#${encodeURI(pointer.toWellFormed()).replaceAll('#', '%23')}`;
}
