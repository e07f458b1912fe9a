// Writes the OpenAPI document of the built service to docs/openapi.json: `npm run openapi`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../dist/app.js';
import { readConfig } from '../dist/config/config.js';
import { openApiDocument } from '../dist/openapi.js';

const app = await buildApp({ ...readConfig({}), logLevel: 'silent' });
const target = fileURLToPath(import.meta.resolve('../docs/openapi.json'));
await writeFile(target, `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
await app.close();
