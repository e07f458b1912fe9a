import { Injectable } from '@nestjs/common';
@Injectable()
export class FanOut {
  async flush(_tenantId: string): Promise<void> {}
}
