/**
 * What may go wrong with events on their way, as in bugs.mjs.
 *
 * @type {{ name: string, bug: string, file: string, edits: [string, string][], caughtBy: [string, string] }[]}
 */
export const webhookBugs = [
  {
    name: 'webhook-claim-unconditional',
    bug: 'A delivery is taken though somebody else has just taken it',
    file: 'src/webhooks/delivery-queue.repository.ts',
    edits: [
      [
        "const free = { _id: { $in: [...ids] }, status: 'pending' as const, dueAt: { $lte: now } };",
        "const free = { _id: { $in: [...ids] }, status: 'pending' as const };",
      ],
    ],
    caughtBy: ['test/webhooks/claims.spec.ts', 'is sent by one of two that look at the same time'],
  },
  {
    name: 'webhook-outcome-unfenced',
    bug: 'A worker whose lease has ended overwrites what its successor did',
    file: 'src/webhooks/delivery-queue.repository.ts',
    edits: [
      ["filter: { _id: id, owner, status: 'pending' as const },", 'filter: { _id: id },'],
      [
        'updates = outcomes.map(({ id, owner, attempt, set }) => ({',
        'updates = outcomes.map(({ id, attempt, set }) => ({',
      ],
    ],
    caughtBy: ['test/webhooks/claims.spec.ts', "is nobody else's until the lease has ended"],
  },
  {
    name: 'webhook-lease-for-ever',
    bug: 'What a dead worker had taken is never taken up by another',
    file: 'src/webhooks/claims.ts',
    edits: [['const leaseMs = 45_000;', 'const leaseMs = 45_000_000;']],
    caughtBy: ['test/webhooks/claims.spec.ts', "is nobody else's until the lease has ended"],
  },
  {
    name: 'webhook-no-lanes',
    bug: 'A slow endpoint occupies as many places as there are',
    file: 'src/webhooks/lanes.ts',
    edits: [['export const laneWidth = 16;', 'export const laneWidth = 256;']],
    caughtBy: ['test/webhooks/claims.spec.ts', 'occupies no more than its own places'],
  },
  {
    name: 'webhook-no-flush',
    bug: 'A new endpoint gets events that were committed before it existed',
    file: 'src/webhooks/webhook-endpoints.service.ts',
    edits: [['await this.fanOut.flush(tenantId);\n    const id = newId();', 'const id = newId();']],
    caughtBy: ['test/webhooks/claims.spec.ts', 'gets what was committed while it existed'],
  },
  {
    name: 'webhook-every-tenant',
    bug: "An event goes to every tenant's endpoints",
    file: 'src/webhooks/fan-out.ts',
    edits: [['(destinations.get(event.tenantId) ?? [])', '[...destinations.values()].flat()']],
    caughtBy: ['test/webhooks/tenants.spec.ts', "and nobody else's"],
  },
  {
    name: 'webhook-order-ignored',
    bug: 'An ordered endpoint gets a later event before the earlier one',
    file: 'src/webhooks/claims.ts',
    edits: [['return endpoint.ordered ? this.unblocked(group, now) : group;', 'return group;']],
    caughtBy: ['test/webhooks/ordered.spec.ts', 'gets no event before the one before it was delivered'],
  },
  {
    name: 'webhook-no-wake',
    bug: 'The next event of an order waits for a minute after the one before it was delivered',
    file: 'src/webhooks/completions.ts',
    edits: [['if (await this.stored(outcomes)) await this.wake(successors);', 'await this.stored(outcomes);']],
    caughtBy: ['test/webhooks/ordered.spec.ts', 'gets the events of one order one after the other'],
  },
  {
    name: 'webhook-gone-dies',
    bug: 'A delivery that was answered 410 uses up its schedule and dies, instead of waiting',
    file: 'src/webhooks/dispatcher.ts',
    edits: [['if (isGone(answer)) await this.disable(claimed);', '']],
    caughtBy: ['test/webhooks/retries.spec.ts', 'disables the endpoint'],
  },
  {
    name: 'webhook-mapped-address',
    bug: 'A name that resolves to a mapped or translated address is connected to',
    file: 'src/webhooks/filtering-agents.ts',
    edits: [
      ['addresses.find((each) => !isGlobalUnicast(each))', "addresses.find((each) => each.startsWith('127.'))"],
      ['new RequestFilteringHttpAgent(options)', 'new HttpAgent(options)'],
    ],
    caughtBy: ['test/webhooks/addresses.spec.ts', 'the name mapped.test'],
  },
  {
    name: 'webhook-retention-takes-pending',
    bug: 'What is still to be delivered is removed when it is old',
    file: 'src/webhooks/delivery-log.repository.ts',
    edits: [["status: { $in: ['delivered', 'dead'] } };", "status: { $in: ['pending', 'delivered', 'dead'] } };"]],
    caughtBy: ['test/webhooks/retention.spec.ts', 'what is still to be handed out or delivered stays'],
  },
];
