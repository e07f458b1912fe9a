import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config.js';

/**
 * The environment of this process over what `.env` says, if there is one. A variable that is set to the empty text
 * wins as well: it takes back what `.env` says, and the default applies.
 * @param directory where `.env` is looked for; the working directory
 * @throws ConfigError when there is a `.env` that cannot be read
 */
export function loadEnv(directory: string = process.cwd(), env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...readEnvFile(join(directory, '.env')), ...env };
}

function readEnvFile(path: string): NodeJS.ProcessEnv {
  try {
    // Node's parser would take a byte order mark for a part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new ConfigError([`.env cannot be read (${code ?? 'unknown error'}): it must be a readable file`], {
      cause: error,
    });
  }
}
