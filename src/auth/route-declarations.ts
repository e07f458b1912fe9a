import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { publicKey, scopeKey } from './auth.guard.js';

/** Ends the boot when a route tells neither which scope it needs nor that it is public: forgetting must not open a door. */
@Injectable()
export class RouteDeclarations implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const undeclared = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (typeof instance !== 'object' || instance === null || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name]! }))
        .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
        .filter(({ handler }) => !this.isDeclared(handler, metatype))
        .map(({ name }) => `${metatype.name}.${name}`);
    });
    if (undeclared.length > 0) {
      throw new Error(`Bug! Routes without @RequiresScope() or @Public(): ${undeclared.join(', ')}`);
    }
  }

  private isDeclared(handler: () => unknown, controller: NonNullable<unknown>): boolean {
    const isPublic = this.reflector.getAllAndOverride<boolean>(publicKey, [handler, controller as () => unknown]);
    return isPublic || Reflect.hasMetadata(scopeKey, handler);
  }
}
