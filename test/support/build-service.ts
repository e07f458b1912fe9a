import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Beside package.json, which the service reads, and below node_modules' parent, so that imports resolve. */
export const serviceBuildDir = join(root, '.test-build');

/** Compiles src once for a test run: a process that a test is to kill must be the real one. Types are tsc's business. */
export async function buildService(): Promise<void> {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  await Promise.all(files.map(compile));
}

async function compile(file: string): Promise<void> {
  const target = join(serviceBuildDir, file.replace(/\.ts$/, '.js'));
  const { code } = await transform(await readFile(join(root, 'src', file), 'utf8'), {
    filename: file,
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}
