const keyLengthMax = 255;
const visibleAscii = /^[\x21-\x7e]+$/;
/** A string of RFC 8941, section 3.3.3, without the blank: only `"` and `\` may and must be escaped. */
const quotedString = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The draft standard says a quoted string, most clients send it bare: both are the same key.
 * @returns the key without quotes, or `undefined` when the header is not one key of 1 to 255 visible ASCII characters
 */
export function parseIdempotencyKey(header: string): string | undefined {
  // An opening quote promises a closing one; taking the text literally would store a truncated or doubled header.
  const key = header.startsWith('"') ? unquoted(header) : header;
  return key !== undefined && key.length <= keyLengthMax && visibleAscii.test(key) ? key : undefined;
}

function unquoted(header: string): string | undefined {
  return quotedString.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1');
}
