import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ConfigError } from './config.js';
import { loadEnv } from './load-env.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'load-env-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

it('is the environment alone where there is no .env', () => {
  expect(loadEnv(directory, { PORT: '1' })).toEqual({ PORT: '1' });
});

it('adds what .env says', () => {
  writeFileSync(join(directory, '.env'), '\uFEFFPORT=9000 # comment\n# HOST=::1\nexport DATA_DIR="my data#1"\n');
  expect(loadEnv(directory, { LOG_LEVEL: 'warn' })).toEqual({ PORT: '9000', DATA_DIR: 'my data#1', LOG_LEVEL: 'warn' });
});

it('lets the real environment win, also with the empty text', () => {
  writeFileSync(join(directory, '.env'), 'PORT=9000\nMONGODB_URI=mongodb://db.example\nHOST=::1\n');
  expect(loadEnv(directory, { PORT: '1', MONGODB_URI: '' })).toEqual({ PORT: '1', MONGODB_URI: '', HOST: '::1' });
});

it('changes no environment', () => {
  writeFileSync(join(directory, '.env'), 'PORT=9000\n');
  const env = {};
  loadEnv(directory, env);
  expect(env).toEqual({});
});

it('refuses a .env that is there and cannot be read', () => {
  mkdirSync(join(directory, '.env'));
  expect(() => loadEnv(directory, {})).toThrow(ConfigError);
  expect(() => loadEnv(directory, {})).toThrow('.env cannot be read (EISDIR)');
});
