import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberFailure } from './download-memo.js';
import { downloadMongod, findMongod } from './mongod-binary.js';

let dir: string;
let mongod: string;
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'mongod-binary-'));
  mongod = join(dir, 'mongod');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('finds a mongod of version 8 on PATH', async () => {
  await says('db version v8.0.4');
  expect(await findMongod(options({ PATH: `/nowhere::${dir}` }))).toEqual({ path: mongod, version: '8.0.4' });
  expect(said).toEqual([`Embedded database: found mongod 8.0.4 in PATH: ${mongod}`]);
});

it.each([
  ['db version v7.0.15', 'is 7.0.15, older than 8.0'],
  ['Segmentation fault', 'does not tell its version'],
])('skips a mongod that says %j and tells that it %s', async (line, outcome) => {
  await says(line);
  expect(await findMongod(options({ MONGOMS_SYSTEM_BINARY: mongod }))).toBeNull();
  expect(said).toEqual([`Embedded database: no mongod to run: ${mongod} in MONGOMS_SYSTEM_BINARY ${outcome}`]);
});

it('looks nowhere else when MONGOMS_SYSTEM_BINARY names one, and does not download another', async () => {
  await says('db version v8.0.4');
  const env = { PATH: dir, MONGOMS_SYSTEM_BINARY: join(dir, 'gone') };
  expect(await findMongod(options(env))).toBeNull();
  expect(await downloadMongod(options(env))).toBeNull();
  expect(said).toEqual([
    'Embedded database: no mongod to run: none in MONGOMS_SYSTEM_BINARY',
    'Embedded database: mongod not downloaded, MONGOMS_SYSTEM_BINARY names the one to use',
  ]);
});

it('does not pay again for a download that failed a short time ago, and tells how to try it again', async () => {
  await rememberFailure(dir, 'ENOTFOUND', new Date());
  expect(await downloadMongod(options({}))).toBeNull();
  const memo = join(dir, 'mongod-download-failed.json');
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`mongod not downloaded, it failed at 20\\S+; delete ${memo} to try again$`)),
  ]);
});

function options(env: NodeJS.ProcessEnv): Parameters<typeof findMongod>[0] {
  return { cacheDir: dir, env, log: (message) => void said.push(message) };
}

async function says(line: string): Promise<void> {
  await writeFile(mongod, `#!/bin/sh\necho "${line}"\n`);
  await chmod(mongod, 0o755);
}
