import { expect, it } from '@jest/globals';
import { Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CONFIG, ConfigModule } from './config.module.js';
import { readConfig } from './config.js';
import type { Config } from './config.js';

@Injectable()
class Reader {
  constructor(@Inject(CONFIG) readonly config: Config) {}
}

@Module({ providers: [Reader] })
class FeatureModule {}

it('gives the Config to a feature that does not import the module', async () => {
  const config = readConfig({ NODE_ENV: 'test' });
  const app = await Test.createTestingModule({ imports: [ConfigModule.forRoot(config), FeatureModule] }).compile();
  expect(app.get(Reader, { strict: false }).config).toBe(config);
  await app.close();
});
