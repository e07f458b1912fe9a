import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { callerOf } from '../auth/auth.guard.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { WriteConflict } from '../database/mongo-errors.js';
import { Transactions } from '../database/transactions.js';
import { Metrics } from '../metrics/metrics.js';
import type { IdempotencyOutcome } from '../metrics/metrics.js';
import { problemCatalogue } from '../problem/problem-catalogue.js';
import { Problem } from '../problem/problem.js';
import type { ProblemCode } from '../problem/problem.js';
import { fingerprint } from './fingerprint.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import { keyInProgress, keyRequired, keyReused, unreadableKey } from './idempotency.problems.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import type { StoredResponse } from './idempotency.schema.js';

/** The request's claim on its key. */
interface Claim {
  readonly tenantId: string;
  readonly key: string;
  readonly fingerprint: string;
}

interface Answer {
  readonly outcome: 'stored' | 'replayed';
  readonly body: string;
}

/** All other refusals leave the key free. */
const refusals: Partial<Record<ProblemCode, IdempotencyOutcome>> = {
  idempotency_key_reused: 'reused',
  idempotency_in_progress: 'in_progress',
};

const storedHeaders = ['location', 'etag'] as const;

/**
 * Makes a request with an `Idempotency-Key` take effect once, however often it is sent.
 *
 * The handler runs inside one transaction, and the answer it gives is stored by the same transaction. The unique
 * index on (tenantId, key) is the lock: of several requests with one key at the same time one commits; the others
 * meet a conflict, are run again by `Transactions.run`, find the stored answer and give it.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const claim = this.claimOf(request);
    if (!claim) return next.handle();
    return from(this.counted(this.once(claim, context.switchToHttp().getResponse<FastifyReply>(), next)));
  }

  private claimOf(request: FastifyRequest): Claim | undefined {
    const header = request.headers['idempotency-key'];
    if (header === undefined) {
      if (this.config.idempotencyKeyRequired && request.method === 'POST') throw keyRequired();
      return undefined;
    }
    const key = typeof header === 'string' ? parseIdempotencyKey(header) : undefined;
    if (key === undefined) throw unreadableKey();
    const { method, ifMatch = null, body } = request;
    // `/%6frders` and `/orders` are one path; the router has decoded it without a fault already.
    const path = decodeURIComponent(request.url.split('?', 1)[0] ?? '');
    return { tenantId: callerOf(request).tenantId, key, fingerprint: fingerprint({ method, path, ifMatch, body }) };
  }

  private async counted(answering: Promise<Answer>): Promise<string> {
    let outcome: IdempotencyOutcome = 'failed';
    try {
      const answer = await answering;
      outcome = answer.outcome;
      return answer.body;
    } catch (error) {
      outcome = (error instanceof Problem && refusals[error.code]) || 'failed';
      throw error;
    } finally {
      this.metrics.idempotency.inc({ outcome });
    }
  }

  private async once(claim: Claim, reply: FastifyReply, next: CallHandler): Promise<Answer> {
    const stored = await this.earlierAnswer(claim);
    if (stored) return replay(stored, reply);
    let isRepetition = false;
    try {
      return await this.transactions.run(async () => {
        // Another request with this key may be what the first try ran into.
        const earlier = isRepetition ? await this.earlierAnswer(claim) : undefined;
        if (earlier) return replay(earlier, reply);
        isRepetition = true;
        const body = JSON.stringify(await lastValueFrom<unknown>(next.handle()));
        this.keys.store(this.record(claim, { status: reply.statusCode, headers: headersOf(reply), body }), new Date());
        return { outcome: 'stored', body: asJson(body, reply) };
      });
    } catch (error) {
      return await this.afterRefusal(error, claim, reply);
    }
  }

  /**
   * A retry must not be refused for its own earlier work: while it was on its way, the first request may have
   * committed what the retry now conflicts with.
   */
  private async afterRefusal(error: unknown, claim: Claim, reply: FastifyReply): Promise<Answer> {
    const isConflict = error instanceof Problem && problemCatalogue[error.code].status === 409;
    if (!isConflict && !(error instanceof WriteConflict)) throw error;
    const earlier = await this.earlierAnswer(claim);
    if (earlier) return replay(earlier, reply);
    if (isConflict) throw error;
    const answer: StoredResponse = { status: 0, headers: {}, body: '' };
    // Not the key, so the order is what another transaction holds.
    if (!(await this.keys.isHeld(this.record(claim, answer), new Date()))) throw error;
    // The holder may have committed just before it was asked for.
    const late = await this.earlierAnswer(claim);
    if (late) return replay(late, reply);
    throw keyInProgress(error);
  }

  private async earlierAnswer(claim: Claim): Promise<StoredResponse | undefined> {
    const record = await this.keys.find(claim.tenantId, claim.key, new Date());
    if (record && record.fingerprint !== claim.fingerprint) throw keyReused();
    return record?.response;
  }

  private record(claim: Claim, response: StoredResponse): Claim & { response: StoredResponse; expiresAt: Date } {
    return { ...claim, response, expiresAt: new Date(Date.now() + this.config.idempotencyTtlSeconds * 1000) };
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const present = storedHeaders.filter((name) => reply.hasHeader(name));
  return Object.fromEntries(present.map((name) => [name, String(reply.getHeader(name))]));
}

function replay({ status, headers, body }: StoredResponse, reply: FastifyReply): Answer {
  void reply.status(status).headers(headers).header('idempotent-replayed', 'true');
  return { outcome: 'replayed', body: asJson(body, reply) };
}

/** With the type set, Fastify sends the text as it is: the same bytes now and at every replay. */
function asJson(body: string, reply: FastifyReply): string {
  void reply.type('application/json; charset=utf-8');
  return body;
}
