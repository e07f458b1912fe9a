/** A strong entity tag (RFC 9110, section 8.8.3): an order's representation is a function of its version. */
export function formatEntityTag(version: number): string {
  return `"${version}"`;
}

const versionPattern = /^(?:"([1-9][0-9]{0,15})"|([1-9][0-9]{0,15}))$/;

/**
 * Narrower than RFC 9110, section 13.1.1, on purpose: `*` and lists would mean "whatever the version is", which is
 * the lost update that the header is there to prevent.
 * @returns `undefined` for anything but one version, bare or as a strong entity tag
 */
export function parseIfMatch(header: string): number | undefined {
  const match = versionPattern.exec(header);
  const version = Number(match?.[1] ?? match?.[2]);
  // Beyond 2^53 - 1 different texts become one number, and one client's version would be another's.
  return Number.isSafeInteger(version) ? version : undefined;
}

/**
 * One member of the list with what follows it. A list may have empty members (RFC 9110, section 5.6.1.2), an opaque
 * tag may have commas. No two blanks of the pattern can match the same text, so it is linear in the header's length.
 */
const listMember = /[ \t]*(?:(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(,|$)/y;

/** RFC 9110, section 13.1.2: weak comparison, and `*` is true since there is a representation. Malformed is false. */
export function ifNoneMatchHas(header: string, etag: string): boolean {
  if (header === '*') return true;
  const opaqueTag = etag.replace(/^W\//, '');
  let found = false;
  for (let position = 0, separator = ','; separator === ','; position = listMember.lastIndex) {
    listMember.lastIndex = position;
    const match = listMember.exec(header);
    if (match === null) return false;
    found ||= match[1] === opaqueTag;
    separator = match[2] ?? '';
  }
  return found;
}
