import { webhookBugs } from './webhook-bugs.mjs';

/**
 * Bugs that somebody might write some day, and the test that has to notice each of them.
 *
 * An edit is [the text as it stands in the file, the text instead]; the first must be there exactly once. Texts and not
 * patches, since a patch also breaks when the lines around it change; a text that is gone means that the rule was
 * rewritten and the bug has to be planted anew.
 *
 * `caughtBy` is [spec file, pattern of the full names of the tests that are to fail].
 *
 * @type {{ name: string, bug: string, file: string, edits: [string, string][], caughtBy: [string, string] }[]}
 */
export const bugs = [
  ...webhookBugs,
  {
    name: 'update-without-version',
    bug: 'The conditional write of an order does not ask for the version',
    file: 'src/orders/orders.repository.ts',
    edits: [['tenantId, version: expectedVersion }', 'tenantId }']],
    caughtBy: ['test/database/atomicity.spec.ts', 'A write for a version that is gone'],
  },
  {
    name: 'update-may-miss',
    bug: 'An update that met no document counts as done, and its event is committed',
    file: 'src/orders/orders.repository.ts',
    edits: [['mustMatch: true', 'mustMatch: false']],
    caughtBy: ['test/database/atomicity.spec.ts', 'A write for a version that is gone'],
  },
  {
    name: 'key-before-the-work',
    bug: 'The key is stored by a transaction of its own, before the work is committed',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [
      [
        'this.keys.store(this.record(claim, { status: reply.statusCode, headers: headersOf(reply), body }), new Date());',
        `const response = { status: reply.statusCode, headers: headersOf(reply), body };
        await this.transactions.outside(() =>
          this.transactions.run(async () => this.keys.store(this.record(claim, response), new Date())),
        );`,
      ],
    ],
    caughtBy: ['test/database/atomicity.spec.ts', 'leaves nothing anywhere, and its key is free'],
  },
  {
    name: 'key-after-the-commit',
    bug: 'The key is stored by a transaction of its own, after the work was committed',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [
      [
        'return await this.transactions.run(async () => {',
        `let store = (): void => undefined;
      const answer = await this.transactions.run(async () => {`,
      ],
      [
        `this.keys.store(this.record(claim, { status: reply.statusCode, headers: headersOf(reply), body }), new Date());
        return { outcome: 'stored', body: asJson(body, reply) };
      });`,
        `const response = { status: reply.statusCode, headers: headersOf(reply), body };
        store = () => this.keys.store(this.record(claim, response), new Date());
        return asJson(body, reply);
      });
      await this.transactions.run(async () => store());
      return answer;`,
      ],
    ],
    caughtBy: ['test/database/atomicity.spec.ts', 'leaves nothing anywhere, and its key is free'],
  },
  {
    name: 'event-in-another-transaction',
    bug: 'The event of a change is written by a transaction of its own',
    file: 'src/orders/orders.service.ts',
    edits: [
      [
        'this.events.append(changeOf(changed, caller.actor));',
        `await this.transactions.outside(() =>
        this.transactions.run(async () => this.events.append(changeOf(changed, caller.actor))),
      );`,
      ],
    ],
    caughtBy: ['test/database/atomicity.spec.ts', 'a change leaves nothing anywhere'],
  },
  {
    name: 'no-event-of-a-change',
    bug: 'A change of status writes no event',
    file: 'src/orders/orders.service.ts',
    edits: [['this.events.append(changeOf(changed, caller.actor));', '']],
    caughtBy: ['test/api/history.spec.ts', 'GET /orders/\\{id\\}/events'],
  },
  {
    name: 'event-of-the-state-before',
    bug: 'The event of a change tells the order as it was before it',
    file: 'src/orders/orders.service.ts',
    edits: [
      [
        'this.events.append(changeOf(changed, caller.actor));',
        'this.events.append({ ...changeOf(changed, caller.actor), data: toOrderOut(order) });',
      ],
    ],
    caughtBy: ['test/api/history.spec.ts', 'GET /orders/\\{id\\}/events'],
  },
  {
    name: 'lost-commit-repeated',
    bug: 'Work whose commit has an unknown result is simply done again',
    file: 'src/database/transaction-ending.ts',
    edits: [["if (kind === 'unavailable') unknown = true;", "if (kind === 'unavailable') throw error;"]],
    caughtBy: ['test/faults/lost-commit.spec.ts', 'a request without a key'],
  },
  {
    name: 'expired-key-honoured',
    bug: 'An expired key is honoured until the TTL monitor has come by',
    file: 'src/idempotency/idempotency.repository.ts',
    edits: [['return record.expiresAt > now ? record : undefined;', 'return now ? record : undefined;']],
    caughtBy: ['test/api/idempotency.spec.ts', 'an expired key'],
  },
  {
    name: 'any-request-replayed',
    bug: 'A used key replays its answer to whatever request comes with it',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [['if (record && record.fingerprint !== claim.fingerprint) throw keyReused();', '']],
    caughtBy: ['test/api/idempotency.spec.ts', 'the same key with another request'],
  },
  {
    name: 'version-not-in-the-fingerprint',
    bug: 'One key for changes from two versions counts as one request',
    file: 'src/idempotency/fingerprint.ts',
    edits: [['[request.method, request.path, request.ifMatch]', '[request.method, request.path]']],
    caughtBy: ['src/idempotency/fingerprint.spec.ts', '.*'],
  },
  {
    name: 'replay-without-headers',
    bug: 'A replay has the body of the first answer and not its Location and ETag',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [["const storedHeaders = ['location', 'etag'] as const;", 'const storedHeaders: readonly string[] = [];']],
    caughtBy: ['test/api/idempotency.spec.ts', 'creates once and gets the first answer byte for byte'],
  },
  {
    name: 'retry-refused-for-its-own-work',
    bug: 'A retry that overtakes the commit of its own first attempt is told that the version is gone',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [
      [
        `const earlier = await this.earlierAnswer(claim);
    if (earlier) return replay(earlier, reply);
    if (isConflict) throw error;`,
        'if (isConflict) throw error;',
      ],
    ],
    caughtBy: ['test/faults/held.spec.ts', 'A retry that overtakes the commit of its own first attempt'],
  },
  {
    name: 'tenant-missing-in-find',
    bug: 'An order is found by its id alone',
    file: 'src/orders/orders.repository.ts',
    edits: [['.findOne({ _id: new UUID(id), tenantId }', '.findOne({ _id: new UUID(id) }']],
    caughtBy: ['test/database/isolation.spec.ts', 'Another tenant’s order'],
  },
  {
    name: 'tenant-missing-in-replace',
    bug: 'An order is replaced by its id alone',
    file: 'src/orders/orders.repository.ts',
    edits: [['filter: { _id: new UUID(order.id), tenantId, ', 'filter: { _id: new UUID(order.id), ']],
    caughtBy: ['test/database/isolation.spec.ts', 'is not replaced'],
  },
  {
    name: 'tenant-missing-in-page',
    bug: 'A list gives the orders of every tenant',
    file: 'src/orders/orders.repository.ts',
    edits: [['  return {\n    tenantId,\n    ...(statuses', '  return {\n    ...(statuses']],
    caughtBy: ['test/database/isolation.spec.ts', 'is in no list'],
  },
  {
    name: 'tenant-missing-in-history',
    bug: 'The history of an order is read by the order’s id alone',
    file: 'src/events/event-log.ts',
    edits: [['.find<EventDocument>({ tenantId, orderId', '.find<EventDocument>({ orderId']],
    caughtBy: ['test/database/isolation.spec.ts', 'has no history'],
  },
  {
    name: 'tenant-missing-in-key',
    bug: 'A key is looked up among those of all tenants',
    file: 'src/idempotency/idempotency.repository.ts',
    edits: [['keys.findOne({ tenantId, key }', 'keys.findOne({ key }']],
    caughtBy: ['test/database/isolation.spec.ts', 'One key of two tenants'],
  },
  {
    name: 'cursor-of-any-tenant',
    bug: 'A cursor is not bound to its tenant',
    file: 'src/orders/orders-cursor.ts',
    edits: [['JSON.stringify([tenantId, statuses,', 'JSON.stringify([statuses,']],
    caughtBy: ['test/database/isolation.spec.ts', 'Another tenant’s cursor'],
  },
  {
    name: 'cursor-repeats-an-order',
    bug: 'A page begins with the order that the page before ended with',
    file: 'src/orders/orders.repository.ts',
    edits: [['{ $lt: new UUID(upper) }', '{ $lte: new UUID(upper) }']],
    caughtBy: ['test/api/list.spec.ts', 'walks over every order once'],
  },
  {
    name: 'half-even',
    bug: 'Amounts are rounded half to even',
    file: 'src/orders/domain/money.ts',
    edits: [['Decimal.ROUND_HALF_UP', 'Decimal.ROUND_HALF_EVEN']],
    caughtBy: ['src/orders/domain/money.spec.ts', 'the amount of'],
  },
  {
    name: 'half-down',
    bug: 'Amounts are rounded half down',
    file: 'src/orders/domain/money.ts',
    edits: [['Decimal.ROUND_HALF_UP', 'Decimal.ROUND_HALF_DOWN']],
    caughtBy: ['src/orders/domain/money.spec.ts', 'the amount of'],
  },
  {
    name: 'twenty-digits',
    bug: 'Amounts are calculated with the 20 digits that decimal.js keeps by default',
    file: 'src/orders/domain/money.ts',
    edits: [['precision: 40, ', '']],
    caughtBy: ['src/orders/domain/money.spec.ts', 'needs more than the 20 digits'],
  },
  {
    name: 'no-minor-digits',
    bug: 'Amounts are printed without the zeros of the minor unit',
    file: 'src/orders/domain/money.ts',
    edits: [['return amount.toFixed(minorUnit);', 'return amount.toDecimalPlaces(minorUnit).toFixed();']],
    caughtBy: ['src/orders/domain/money.spec.ts', 'the amount of'],
  },
  {
    name: 'transition-before-version',
    bug: 'A client that acts on an old state is told of the transition and not of the version',
    file: 'src/orders/domain/order.ts',
    edits: [
      ['  if (order.version !== expectedVersion) throw versionConflict(order, expectedVersion);\n', ''],
      [
        'throw invalidTransition(order, to);',
        'throw invalidTransition(order, to);\n  if (order.version !== expectedVersion) throw versionConflict(order, expectedVersion);',
      ],
    ],
    caughtBy: ['test/api/errors-and-check-order.spec.ts', 'version before transition'],
  },
  {
    name: 'driver-message-told',
    bug: 'A problem’s detail has the message of the database driver',
    file: 'src/problem/problem-from-error.ts',
    edits: [["'Something unforeseen happened; it was logged under this request id.'", 'String(error)']],
    caughtBy: ['test/database/atomicity.spec.ts', 'tells a client nothing of the database'],
  },
  {
    name: 'unavailable-is-500',
    bug: 'A database that does not answer in time is told as a fault of the service',
    file: 'src/problem/problem-from-error.ts',
    edits: [["    'service_unavailable',", "    'internal_error',"]],
    caughtBy: ['test/faults/held.spec.ts', 'makes a change without a key 503'],
  },
  {
    name: 'held-order-is-a-conflict',
    bug: 'An order that another transaction holds is told as a conflict of keys',
    file: 'src/idempotency/idempotency.interceptor.ts',
    edits: [['if (!(await this.keys.isHeld(this.record(claim, answer), new Date()))) throw error;', 'void answer;']],
    caughtBy: ['test/faults/held.spec.ts', 'makes a change with a key 503'],
  },
  {
    name: 'nothing-validated',
    bug: 'Bodies and queries are taken as they come',
    file: 'src/http/validation.pipe.ts',
    edits: [['if (faults.length === 0) return dto;', 'if (dto) return dto;']],
    caughtBy: ['test/api/create.spec.ts', 'a body that breaks a rule is 422'],
  },
  {
    name: 'unknown-members-taken',
    bug: 'Unknown members of a body are silently dropped',
    file: 'src/http/faultless-dto.ts',
    edits: [['return known === Object.keys(value).length ? dto : undefined;', 'return known >= 0 ? dto : undefined;']],
    caughtBy: ['test/api/create.spec.ts', 'unknown member'],
  },
  {
    name: 'log-line-without-trace',
    bug: 'Lines of the log do not tell the trace of their request',
    file: 'src/http/request-context.ts',
    edits: [['...(traceId === undefined ? {} : { trace_id: traceId }),', '']],
    caughtBy: ['test/tracing/opentelemetry.spec.ts', 'the log lines its trace'],
  },
  {
    name: 'weak-tag-in-if-match',
    bug: 'If-Match takes a weak entity tag',
    file: 'src/http/entity-tag.ts',
    edits: [['/^(?:"([1-9]', '/^(?:(?:W\\/)?"([1-9]']],
    caughtBy: ['src/http/entity-tag.spec.ts', 'If-Match refuses'],
  },
  {
    name: 'if-match-optional',
    bug: 'A change without If-Match is made for whatever version there is',
    file: 'src/http/if-match.ts',
    edits: [
      ['if (header === undefined) {', "if (header === undefined && request.method === 'PUT') {"],
      ['parseIfMatch(header)', "parseIfMatch(header ?? '1')"],
    ],
    caughtBy: ['test/api/change-status.spec.ts', 'If-Match is required: 428'],
  },
  {
    name: 'if-none-match-strong',
    bug: 'If-None-Match compares strongly: a weak tag is never met',
    file: 'src/http/entity-tag.ts',
    edits: [['(?:(?:W\\/)?("[', '(?:((?:W\\/)?"[']],
    caughtBy: ['src/http/entity-tag.spec.ts', 'If-None-Match'],
  },
  {
    name: 'if-none-match-ignored',
    bug: 'If-None-Match is ignored',
    file: 'src/orders/orders.controller.ts',
    edits: [['if (ifNoneMatch === undefined || ', 'if (ifNoneMatch !== null || ']],
    caughtBy: ['test/api/read.spec.ts', '304'],
  },
  {
    name: 'any-request-id',
    bug: 'The client’s X-Request-Id is taken as it is',
    file: 'src/http/request-id.ts',
    edits: [["typeof header === 'string' && acceptable.test(header)", "typeof header === 'string' && acceptable"]],
    caughtBy: ['test/api/every-response.spec.ts', 'is a fresh UUID instead of'],
  },
];
