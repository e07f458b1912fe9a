import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Public, RequiresScope } from './auth.guard.js';
import { RouteDeclarations } from './route-declarations.js';

@Controller('declared')
class Declared {
  @Get()
  @RequiresScope('orders:read')
  read(): string {
    return 'read';
  }

  @Post()
  @Public()
  write(): string {
    return 'written';
  }

  /** No route, so it needs no declaration. */
  help(): string {
    return 'help';
  }
}

@Public()
@Controller('open')
class Open {
  @Get()
  read(): string {
    return 'read';
  }
}

@Controller('forgotten')
class Forgotten {
  @Get('fine')
  @RequiresScope('orders:read')
  fine(): string {
    return 'fine';
  }

  @Post('oh')
  oh(): string {
    return 'oh';
  }
}

class Inheriting extends Forgotten {}
Controller('inheriting')(Inheriting);

async function boot(...controllers: (new () => object)[]): Promise<void> {
  class Toy {}
  Module({ imports: [DiscoveryModule], controllers, providers: [RouteDeclarations] })(Toy);
  const module = await Test.createTestingModule({ imports: [Toy] }).compile();
  await module.init();
  await module.close();
}

describe('the boot', () => {
  it('succeeds when every route tells its scope, or that it is public', async () => {
    await expect(boot(Declared, Open)).resolves.toBeUndefined();
  });

  it('fails when one does not, and names it', async () => {
    await expect(boot(Declared, Forgotten)).rejects.toThrow(/Forgotten\.oh$/);
  });

  it('fails for an inherited one too', async () => {
    await expect(boot(Inheriting)).rejects.toThrow(/Inheriting\.oh/);
  });
});
