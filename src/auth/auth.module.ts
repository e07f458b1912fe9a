import { Global, Module } from '@nestjs/common';
import { DiscoveryModule, ModuleRef } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';
import { apiKeySchema } from './api-key.schema.js';
import { AUTHENTICATOR } from './authenticator.js';
import type { Authenticator } from './authenticator.js';
import { anonymousCaller } from './caller.js';
import { createRateLimits, RateLimits } from './rate-limits.js';
import { RouteDeclarations } from './route-declarations.js';

/** `Authorization` is ignored. */
const noAuthentication: Authenticator = { authenticate: () => Promise.resolve(anonymousCaller) };

@Global()
@Module({
  imports: [DiscoveryModule, MongooseModule.forFeature([{ name: 'ApiKey', schema: apiKeySchema }])],
  providers: [
    RouteDeclarations,
    { provide: RateLimits, inject: [CONFIG], useFactory: createRateLimits },
    {
      provide: AUTHENTICATOR,
      inject: [CONFIG, ModuleRef],
      useFactory: async ({ authMode }: Config, modules: ModuleRef): Promise<Authenticator> => {
        switch (authMode) {
          case 'none':
            return noAuthentication;
          case 'api_key':
            return modules.create(ApiKeyAuthenticator);
          case 'jwt':
            // With all its cryptography; who does not use it need not load it.
            return modules.create((await import('./jwt.authenticator.js')).JwtAuthenticator);
        }
      },
    },
  ],
  exports: [AUTHENTICATOR, RateLimits],
})
export class AuthModule {}
