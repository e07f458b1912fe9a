// Writes TypeScript's types of docs/openapi.json to docs/openapi.d.ts: `npm run client`. With --check it only compares.
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { URL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../docs/openapi.json', import.meta.url);
const target = new URL('../docs/openapi.d.ts', import.meta.url);

// A member with a default need not be sent.
const nodes = await openapiTS(JSON.parse(await readFile(source, 'utf8')), { defaultNonNullable: false });
const text = `// Made of openapi.json by \`npm run client\`; not to be changed by hand.\n\n${astToString(nodes)}`;
if (!process.argv.includes('--check')) await writeFile(target, text);
else if ((await readFile(target, 'utf8')) !== text) {
  process.stderr.write('docs/openapi.d.ts is not what openapi.json has: `npm run client` writes it\n');
  process.exitCode = 1;
}
